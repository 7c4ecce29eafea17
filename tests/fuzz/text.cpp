// SPDX-License-Identifier: MIT

// Text from outside: JSON values, ids, keys, records, events, encoded data, store URLs.

#include "fuzz.h"

#include "storeurl_p.h"

#include <Sojourn/SessionChange>
#include <Sojourn/SessionEvent>
#include <Sojourn/SessionId>
#include <Sojourn/Stores>

using namespace Sojourn;

namespace {

void readJson(QByteArrayView bytes)
{
    const auto value = decodeJson(bytes);
    const auto sum = incrementJson(bytes, 1);
    fuzzCheck(!sum || (value && value->isDouble()), "only numbers can be incremented");
    fuzzCheck(!sum || decodeJson(*sum), "a sum is JSON");
    if (!value)
        return;
    const QByteArray text = encodeJson(*value);
    const auto again = decodeJson(text);
    fuzzCheck(again && encodeJson(*again) == text, "a value that was read can be written and read");

    if (const auto record = SessionRecord::fromJson(value->toObject()); record) {
        const auto second = SessionRecord::fromJson(record->toJson());
        fuzzCheck(second && *second == *record, "a record that was read can be written and read");
    }
    if (const auto event = SessionEvent::fromJson(value->toObject()); event) {
        const auto second = SessionEvent::fromJson(event->toJson());
        fuzzCheck(second && *second == *event, "an event that was read can be written and read");
    }
}

void readNames(QByteArrayView bytes)
{
    if (const auto id = SessionId::fromCookieValue(bytes))
        fuzzCheck(id->toCookieValue() == bytes, "an id has one spelling");
    if (const auto key = SessionKey::fromString(QUtf8StringView(bytes)))
        fuzzCheck(key->toLatin1() == bytes, "a key has one spelling");
}

void readData(const QByteArray &bytes)
{
    const auto data = SessionData::fromEncoded(bytes);
    if (!data)
        return;
    qsizetype size = 0;
    data->forEach([&size](QByteArrayView name, QByteArrayView json) { size += name.size() + json.size(); });
    fuzzCheck(size == data->size() && data->encoded() == bytes, "data is what was read");
}

void readUrl(const QString &url)
{
    const QString shown = displayUrl(url);
    const auto parsed = StoreUrl::parse(url);
    if (!parsed)
        return;
    auto expected = *parsed;
    expected.password.reset();
    expected.sentinelPassword.clear();
    fuzzCheck(StoreUrl::parse(shown) == expected, "a URL without its password says all the rest");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    readJson(bytes);
    readNames(bytes);
    readData(bytes);
    readUrl(QString::fromUtf8(bytes));
    return 0;
}

QList<QByteArray> fuzzSeeds()
{
    SessionData data;
    data.insert(QByteArrayView("name"), QByteArrayView("1"));
    data.insert(QByteArrayView(""), QByteArrayView("[]"));
    return {
        R"({"a":[1,-2.5e-3,true,null,"\ud83d\ude00\u0000"],"":{}})",
        "9223372036854775807",
        "18446744073709551616",
        "1e999",
        "\"text\"",
        "-0",
        "AAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        data.encoded(),
        R"({"event":"rotated","key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","user":"ann","at":"2026-11-22T07:12:00.000Z",)"
        R"("version":2,"oldKey":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"})",
        R"({"key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","user":null,"createdAt":"2026-11-22T07:12:00.000Z",)"
        R"("lastSeenAt":"2026-11-22T07:12:00.000Z","expiresAt":"2026-12-22T07:12:00.000Z","absoluteExpiresAt":null,)"
        R"("version":1,"data":{"n":1},"expiry":{"at":"2026-12-22T07:12:00.000Z"}})",
        "memory:",
        "sqlite:/a%3Fb.db?synchronous=full",
        "redis://us%40er:pa%2Fss@[::1]:7000/3?prefix=p%26",
        "rediss://h",
        "redis+sentinel://u:p@a,[::1]:7/m/2?prefix=p&wait=1&sentinel-user=s&sentinel-password=w",
        "redis+unix:/s",
        "live:shop"};
}
