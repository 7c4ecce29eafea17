// SPDX-License-Identifier: MIT

// What a person writes (--where, the search line of the inspector), applied to what a visitor may have stored: the line, a line
// feed, the data as a JSON object.

#include "fuzz.h"

#include <Sojourn/AttributeCondition>
#include <Sojourn/SearchExpression>
#include <Sojourn/SessionData>

using namespace Sojourn;

namespace {

/// A condition on one attribute.
void readCondition(const QString &text, const SessionData &attributes)
{
    const auto condition = AttributeCondition::parse(text);
    if (!condition) {
        fuzzCheck(!condition.error().text.isEmpty(), "a refusal says why");
        return;
    }
    const bool holds = condition->matches(attributes);
    fuzzCheck(!holds || !attributes.isEmpty(), "nothing holds for a session without attributes");
}

/// The whole line.
void readLine(const QString &line, const SessionData &attributes)
{
    const TimePoint now(std::chrono::milliseconds(1'800'000'000'000));
    SessionRecord record;
    record.createdAt = record.lastSeenAt = now - std::chrono::minutes(3);
    record.expiresAt = now + std::chrono::hours(1);
    record.data = attributes;
    record.updateCounts();
    for (const auto word : {SearchExpression::Word::User, SearchExpression::Word::Attribute}) {
        const auto search = SearchExpression::parse(line, now, word);
        if (!search) {
            const SearchExpression::Fault &fault = search.error();
            fuzzCheck(!fault.text.isEmpty(), "a refusal says why");
            fuzzCheck(fault.position >= 0 && fault.length >= 0 && fault.position + fault.length <= line.size(),
                      "what is wrong lies in the line");
            continue;
        }
        const auto again = SearchExpression::parse(search->toString(), now, SearchExpression::Word::User);
        fuzzCheck(again && *again == *search, "a search that was read can be written and read");
        fuzzCheck(!again || again->matches(record, now) == search->matches(record, now), "and finds the same");
    }
    const QString shown = SearchExpression::withoutCookies(line);
    fuzzCheck(SearchExpression::withoutCookies(shown) == shown, "a line without cookies has none");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const qsizetype end = bytes.indexOf('\n');
    const QString text = QString::fromUtf8(end < 0 ? bytes : bytes.first(end));
    const auto stored = decodeJson(end < 0 ? QByteArray("{}") : bytes.sliced(end + 1));
    const SessionData attributes = SessionData::fromJson(stored ? stored->toObject() : QJsonObject());
    readCondition(text, attributes);
    readLine(text, attributes);
    std::ignore = valueAt(attributes, text);
    return 0;
}

QList<QByteArray> fuzzSeeds()
{
    return {"role\n{\"role\":\"admin\"}",
            "role=\"admin\"\n{\"role\":\"admin\"}",
            "cart.total>=100\n{\"cart\":{\"total\":100.5}}",
            "items.0.name!=null\n{\"items\":[{\"name\":\"mug\"}],\"items.0\":{\"name\":1}}",
            "a.b.c.d<9223372036854775807\n{\"a.b\":{\"c\":{\"d\":1}},\"a\":{\"b.c\":{\"d\":2}}}",
            "a==1\n{\"a=\":1,\"a\":1}",
            "=1\n{\"\":1}",
            "user:ann is:living seen<5m size>10k attributes>=1 has:role\n{\"role\":\"admin\"}",
            "user:\"Ann \\\"Lee\" key:WQ1aBcdX \"some text\" around:15:00 ends<1h created>2d\n{}",
            "id=AAAAAAAAAAAAAAAAAAAAAA; x\n{}",
            "AQEBAQEBAQEBAQEBAQEBAQ user:\n{\"AQEBAQEBAQEBAQEBAQEBAQ\":1}"};
}
