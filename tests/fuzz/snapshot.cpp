// SPDX-License-Identifier: MIT

// Files that are not, or not quite, snapshots.

#include "fuzz.h"

#include "recordtext_p.h"

#include <Sojourn/snapshotreader.h>

#include <QtCore/QBuffer>
#include <QtCore/QJsonDocument>

using namespace Sojourn;

namespace {

void readLine(QByteArrayView line)
{
    const auto plain = Detail::readPlainRecord(line);
    if (!plain)
        return;
    const auto parsed = SessionRecord::fromJson(QJsonDocument::fromJson(line.toByteArray()).object());
    fuzzCheck(parsed && *parsed == *plain, "a record is the same without a JSON parser");
    QByteArray text;
    Detail::appendRecord(text, *plain);
    const auto again = Detail::readPlainRecord(text);
    fuzzCheck(again && *again == *plain, "what is written plainly is plain");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    for (const QByteArray &line : bytes.split('\n'))
        readLine(line);
    QBuffer file(&bytes);
    file.open(QBuffer::ReadOnly);
    SnapshotReader reader(&file);
    for (;;) {
        const auto record = reader.next();
        if (!record) {
            fuzzCheck(!record.error().text.isEmpty(), "an error says what is wrong");
            return 0;
        }
        if (!*record)
            return 0;
        const auto again = SessionRecord::fromJson((*record)->toJson());
        fuzzCheck(again && *again == **record, "a record that was read can be written and read");
    }
}

QList<QByteArray> fuzzSeeds()
{
    const QByteArray header =
        R"({"format":"sojourn-snapshot","version":1,"exportedAt":"2026-11-22T07:12:00.000Z","store":"memory:")";
    const QByteArray bare =
        R"({"key":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","user":null,"createdAt":"2026-11-22T07:12:00.000Z",)"
        R"("lastSeenAt":"2026-11-22T07:12:00.000Z","expiresAt":"2026-12-22T07:12:00.000Z","absoluteExpiresAt":null,)"
        R"("version":1,"data":{},"expiry":null})";
    const QByteArray full =
        R"({"key":"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE","user":"ann","createdAt":"2026-11-22T07:12:00.001Z",)"
        R"("lastSeenAt":"2026-11-22T07:12:00.002Z","expiresAt":"2026-12-22T07:12:00.003Z",)"
        R"("absoluteExpiresAt":"2027-11-22T07:12:00.004Z","version":9007199254740993,)"
        R"("data":{"n":-9223372036854775808,"t":"\u00e9\"\\","a":[1.5e300,true,null,{}]},"expiry":{"idle":0.5}})";
    return {header + R"(,"sessions":[]})", header + R"(,"sessions":[)" + bare + ",\n  " + full + "]}\n",
            header + "}\n" + bare + '\n' + full + '\n'};
}
