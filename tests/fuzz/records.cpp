// SPDX-License-Identifier: MIT

// Records and events as stores keep them, after somebody else has written there. A first byte of 0: a row of SQLite; of 1: a hash
// of Redis, its parts divided by line feeds; of 2: a line of Redis's history; of 3: the text of a row's data.

#include "fuzz.h"

#include "jsontext_p.h"
#include "rediscodec_p.h"
#include "sqliterow_p.h"

#include <Sojourn/jsonrules.h>

using namespace Sojourn;
using namespace Qt::StringLiterals;

namespace {

constexpr TimePoint Now{std::chrono::hours(500'000)};

SessionKey someKey(char c)
{
    return *SessionKey::fromBytes(QByteArray(SessionKey::ByteCount, c));
}

void checkRecord(const SessionRecord &record)
{
    fuzzCheck(!record.key.isNull(), "a record has a key");
    qsizetype size = 0, count = 0;
    record.data.forEach([&](QByteArrayView name, QByteArrayView json) {
        size += name.size() + json.size();
        ++count;
        fuzzCheck(decodeJson(json).has_value(), "an attribute is JSON");
    });
    fuzzCheck(count == record.data.count() && size == record.data.size(), "data is what can be walked");
    fuzzCheck(record.flash.isEmpty() || decodeJson(record.flash), "flash values are JSON");
    std::ignore = record.toJson();
}

void readRow(const QByteArray &row)
{
    if (const SqliteRecord read = readRecord(row); read.record)
        checkRecord(*read.record);
    const SqliteInfo read = readInfo(row);
    fuzzCheck(!read.isSound || !read.info.key.isNull(), "a sound row has a key");
}

void readHash(const QByteArray &bytes)
{
    QByteArrayList parts = bytes.split('\n');
    if (parts.size() % 2) // which a hash never is
        parts.append("");
    RedisReplyBuffer buffer;
    buffer.addNumber(RedisReply::Array, parts.size());
    for (const QByteArray &part : parts)
        buffer.addText(RedisReply::String, part);
    InfoFields infoFields;
    if (const auto record = readRecord(someKey('k'), buffer.reply(), infoFields))
        checkRecord(*record);
}

void readHistory(const QByteArray &line)
{
    const auto event = readEvent(line);
    if (!event)
        return;
    const auto again = readEvent(eventText(*event));
    fuzzCheck(again && *again == *event, "an event that was read can be written and read");
}

void readData(const QByteArray &text)
{
    const auto data = fromJsonText(text);
    if (!data)
        return;
    const auto written = toJsonText(*data);
    fuzzCheck(written.has_value(), "data that was read can be written");
    const auto again = fromJsonText(*written);
    fuzzCheck(again && *again == *data, "data that was written can be read");
}

QByteArray hash(const SessionInfo &info)
{
    return QByteArrayList{"meta",  metaField(info), "times",  timesField(info),
                          "user",  "ann",           "expiry", expiryField(info.expiry),
                          "flash", "[1]",           "a:n",    "1"}
        .join('\n');
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray bytes(reinterpret_cast<const char *>(data) + 1, static_cast<qsizetype>(size) - 1);
    switch (data[0] % 4) {
    case 0:
        readRow(bytes);
        break;
    case 1:
        readHash(bytes);
        break;
    case 2:
        readHistory(bytes);
        break;
    default:
        readData(bytes);
    }
    return 0;
}

QList<QByteArray> fuzzSeeds()
{
    SessionInfo info;
    info.key = someKey('k');
    info.user = u"ann"_s;
    info.createdAt = info.lastSeenAt = info.idIssuedAt = Now;
    info.expiresAt = Now + std::chrono::hours(1);
    info.expiry = Expiry::onInactivity(std::chrono::hours(1));
    const SessionEvent event{.type = SessionEvent::Rotated,
                             .key = info.key,
                             .oldKey = someKey('o'),
                             .user = u"ann lee"_s,
                             .at = Now,
                             .version = 2,
                             .reason = {}};
    const QByteArray row = "7\037" + info.key.toLatin1()
                         + "\0371800000000000\0371800000000000\0371800003600000\037\0371800000000000\037"
                           "1\0370\0371\0372\037{\"idle\":3600}\037{\"address\":\"::1\"}\037";
    return {QByteArray(1, '\0') + row + "ann",
            QByteArray(1, '\0') + "1\037" + row + "00ff\037[\"saved\"]\037{\"n\":1}\037" + "ann",
            '\1' + hash(info),
            '\1' + metaField(info) + '\n' + timesField(info),
            '\2' + eventText(event),
            QByteArray("\3{\"n\":1,\"\":[null,{\"a\":\"\\ud83d\\ude00\"}]}")};
}
