// SPDX-License-Identifier: MIT

// Conditions as a person writes them (--where, the search line of the inspector), applied to what a visitor may have stored: the
// condition, a line feed, the data as a JSON object.

#include "fuzz.h"

#include <Sojourn/AttributeCondition>
#include <Sojourn/SessionData>

using namespace Sojourn;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const qsizetype end = bytes.indexOf('\n');
    const QString text = QString::fromUtf8(end < 0 ? bytes : bytes.first(end));
    const auto stored = decodeJson(end < 0 ? QByteArray("{}") : bytes.sliced(end + 1));
    const SessionData attributes = SessionData::fromJson(stored ? stored->toObject() : QJsonObject());
    const auto condition = AttributeCondition::parse(text);
    if (!condition) {
        fuzzCheck(!condition.error().text.isEmpty(), "a refusal says why");
        return 0;
    }
    const bool holds = condition->matches(attributes);
    fuzzCheck(!holds || !attributes.isEmpty(), "nothing holds for a session without attributes");
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
            "=1\n{\"\":1}"};
}
