// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/recordfields_p.h>

#include <QtTest/QTest>

/// Gives \a record, which has a key and times already, something in every other field.
inline void fillRecord(Sojourn::SessionRecord &record)
{
    using namespace Qt::StringLiterals;
    using namespace std::chrono_literals;
    record.user = u"ann \u2603"_s;
    record.createdAt = record.lastSeenAt - 3h;
    record.idIssuedAt = record.lastSeenAt - 2h;
    record.absoluteExpiresAt = record.lastSeenAt + 5h;
    record.expiry = Sojourn::Expiry::onInactivity(67min);
    record.expiresAt = record.lastSeenAt + 67min;
    record.version = 41;
    record.rotateRequested = true;
    record.data.insert(QByteArrayView("visits"), QByteArrayView("9007199254740993"));
    record.data.insert(QByteArrayView("cart"), QByteArrayView(R"({"apple":[1,2,null]})"));
    record.data.insert(QByteArrayView(""), QByteArrayView("\"\""));
    record.updateCounts();
    record.flash = R"(["saved"])";
    record.csrfSecret = QByteArray("\0\1\2\3\4\5\6\7\10\11\12\13\14\15\16\xff", 16);
    record.visit = Sojourn::VisitFacts{.address = u"192.0.2.7"_s, .userAgent = u"curl/8"_s, .label = u"\u2603"_s}.toText();
}

/// Fails where fillRecord() has forgotten a field.
inline void checkEveryFieldIsFilled(const Sojourn::SessionRecord &record)
{
    using namespace Sojourn;
    const SessionRecord blank;
    const auto differs = [](const auto &...fields) { return [&](const auto &...others) { return ((fields != others) && ...); }; };
    QVERIFY(Detail::withInfoFields(blank, Detail::withInfoFields(record, differs)));
    QVERIFY(Detail::withRecordFields(blank, Detail::withRecordFields(record, differs)));
}
