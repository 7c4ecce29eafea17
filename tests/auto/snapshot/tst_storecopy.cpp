// SPDX-License-Identifier: MIT
#include <Sojourn/MemoryStore>
#include <Sojourn/SessionId>
#include <Sojourn/storecopy.h>

#include <QtCore/QEventLoop>
#include <QtTest/QTest>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const TimePoint Now(std::chrono::milliseconds(1'795'331'520'123)); // 2026-11-22

using Store = std::shared_ptr<MemoryStore>;

SessionRecord makeRecord(const QString &user = {})
{
    static int count = 0;
    SessionRecord record;
    record.key = SessionId::generate().key();
    record.user = user;
    record.createdAt = record.idIssuedAt = Now - 1h + std::chrono::milliseconds(++count);
    record.lastSeenAt = Now - 1min;
    record.expiresAt = Now + 24h;
    record.data.insert(u"number"_s, count);
    record.flash = R"(["saved"])";
    record.csrfSecret = QByteArray(16, char(count));
    record.updateCounts();
    return record;
}

Store makeStore(const QList<SessionRecord> &records = {})
{
    auto store = std::make_shared<MemoryStore>();
    store->setClock([] { return Now; });
    for (const SessionRecord &record : records)
        [&] { QVERIFY(store->create(record).takeResult().has_value()); }();
    return store;
}

Result<ImportSummary> copied(const std::shared_ptr<SessionStore> &from, const std::shared_ptr<SessionStore> &to,
                             const CopyOptions &options = {}, const SnapshotControl &control = {})
{
    std::optional<Result<ImportSummary>> result;
    QEventLoop loop;
    copySessions(from, to, options, control).then([&](Result<ImportSummary> summary) {
        result = std::move(summary);
        loop.quit();
    });
    if (!result)
        loop.exec();
    return *result;
}

qint64 countOf(const Store &store)
{
    return store->count().takeResult().value_or(-1);
}

} // namespace

// Sessions from one store into another, as `sojourn copy` and a move to another store do it.
class tst_StoreCopy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySessionComesAlongWhole()
    {
        QList<SessionRecord> records;
        for (int i = 0; i < 1500; ++i) // several pages
            records.append(makeRecord(i % 3 ? u"user%1"_s.arg(i % 7) : QString()));
        const Store from = makeStore(records), to = makeStore();
        const auto summary = copied(from, to);
        QVERIFY2(summary, qPrintable(summary ? QString() : summary.error().text));
        QCOMPARE(summary->imported, 1500);
        QCOMPARE(summary->conflicts, 0);
        QVERIFY(!summary->canceled);
        for (const SessionRecord &record : records) {
            const auto found = to->load(record.key).takeResult();
            QVERIFY(found);
            QCOMPARE(*found, *from->load(record.key).takeResult());
            QCOMPARE(found->csrfSecret, record.csrfSecret);
            QCOMPARE(found->flash, record.flash);
        }
        QCOMPARE(countOf(from), 1500);
    }

    void nothingIsWrittenWhereAConflictIsToFail()
    {
        const SessionRecord there = makeRecord(u"ann"_s);
        SessionRecord other = there;
        other.data.insert(u"number"_s, -1);
        const Store from = makeStore({makeRecord(), there, makeRecord()}), to = makeStore({other});
        const auto summary = copied(from, to);
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, Error::Conflict);
        QVERIFY(summary.error().text.contains(u'1'));
        QCOMPARE(countOf(to), 1);
        QCOMPARE(to->load(there.key).takeResult()->data.value(u"number"_s)->toInt(), -1);
    }

    void conflictsAreSkippedOrOverwritten_data()
    {
        QTest::addColumn<bool>("overwrites");
        QTest::newRow("skip") << false;
        QTest::newRow("overwrite") << true;
    }
    void conflictsAreSkippedOrOverwritten()
    {
        QFETCH(bool, overwrites);
        const SessionRecord there = makeRecord(u"ann"_s);
        SessionRecord other = there;
        other.data.insert(u"number"_s, -1);
        const Store from = makeStore({makeRecord(), there}), to = makeStore({other});
        const auto summary = copied(from, to, {.onConflict = overwrites ? ImportOptions::Overwrite : ImportOptions::Skip});
        QVERIFY(summary);
        QCOMPARE(summary->conflicts, 1);
        QCOMPARE(summary->imported, overwrites ? 2 : 1);
        QCOMPARE(countOf(to), 2);
        QCOMPARE(to->load(there.key).takeResult()->data.value(u"number"_s)->toInt() == -1, !overwrites);
    }

    void aDryRunCountsAndWritesNothing()
    {
        const SessionRecord there = makeRecord();
        const Store from = makeStore({makeRecord(), there, makeRecord()}), to = makeStore({there});
        for (const auto onConflict : {ImportOptions::Fail, ImportOptions::Skip, ImportOptions::Overwrite}) {
            const auto summary = copied(from, to, {.onConflict = onConflict, .dryRun = true});
            QVERIFY(summary);
            QCOMPARE(summary->imported, 2);
            QCOMPARE(summary->conflicts, 1);
            QCOMPARE(countOf(to), 1);
        }
    }

    void onlyWhatIsAskedForIsCopied()
    {
        const SessionRecord ann = makeRecord(u"ann"_s), bob = makeRecord(u"bob"_s), nobody = makeRecord();
        const Store from = makeStore({ann, bob, nobody});
        const auto keysAfter = [&](const CopyOptions &options) {
            const Store to = makeStore();
            QSet<SessionKey> keys;
            if (!copied(from, to, options))
                return keys;
            for (const SessionRecord &record : {ann, bob, nobody}) {
                if (to->load(record.key).takeResult())
                    keys.insert(record.key);
            }
            return keys;
        };
        QCOMPARE(keysAfter({.user = u"ann"_s}), QSet{ann.key});
        QCOMPARE(keysAfter({.user = u""_s}), QSet{nobody.key});
        QCOMPARE(keysAfter({.keys = {bob.key, nobody.key}}), (QSet{bob.key, nobody.key}));
        QCOMPARE(keysAfter({.user = u"bob"_s, .keys = {bob.key, nobody.key}}), QSet{bob.key});
        QCOMPARE(keysAfter({.filter = [](const SessionRecord &record) { return !record.user.isEmpty(); }}),
                 (QSet{ann.key, bob.key}));
    }

    void aKeyThatIsNamedTwiceIsCopiedOnce()
    {
        const SessionRecord one = makeRecord();
        for (const auto onConflict : {ImportOptions::Fail, ImportOptions::Skip, ImportOptions::Overwrite}) {
            const Store from = makeStore({one}), to = makeStore();
            const auto summary = copied(from, to, {.onConflict = onConflict, .keys = {one.key, one.key}});
            QVERIFY(summary);
            QCOMPARE(summary->imported, 1);
            QCOMPARE(summary->conflicts, 0);
        }
    }

    void aSessionThatIsGoneIsToldAndNothingIsWritten()
    {
        const SessionRecord one = makeRecord();
        const Store from = makeStore({one}), to = makeStore();
        const auto summary = copied(from, to, {.keys = {one.key, SessionId::generate().key()}});
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, Error::NotFound);
        QCOMPARE(countOf(to), 0);
    }

    void whatIsTooLargeForTheOtherStoreIsToldBefore()
    {
        SessionRecord large = makeRecord();
        large.data.insert(u"text"_s, QString(5000, u'x'));
        large.updateCounts();
        const Store from = makeStore({makeRecord(), large}), to = makeStore({makeRecord()});
        to->setSizeLimit(1000);
        const auto summary = copied(from, to);
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, Error::TooLarge);
        QCOMPARE(countOf(to), 1);
    }

    void itCanBeStoppedAndToldFrom()
    {
        QList<SessionRecord> records;
        for (int i = 0; i < 1500; ++i)
            records.append(makeRecord());
        const Store from = makeStore(records), to = makeStore();
        StopSource stop;
        double last = 0;
        bool goesOn = true;
        const auto summary = copied(from, to, {},
                                    {.progress =
                                         [&](const SnapshotProgress &progress) {
                                             goesOn &= progress.fraction >= last && progress.fraction <= 1;
                                             last = progress.fraction;
                                             if (progress.sessions >= 200)
                                                 stop.requestStop();
                                         },
                                     .stop = stop.token()});
        QVERIFY(summary);
        QVERIFY(summary->canceled);
        QVERIFY(goesOn);
        QCOMPARE(summary->imported, countOf(to));
        QVERIFY(countOf(to) < 1500);
    }

    void withoutAStoreThereIsAnError()
    {
        QVERIFY(!copied(nullptr, makeStore()));
        QVERIFY(!copied(makeStore({makeRecord()}), nullptr));
    }
};

QTEST_GUILESS_MAIN(tst_StoreCopy)
#include "tst_storecopy.moc"
