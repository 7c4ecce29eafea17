// SPDX-License-Identifier: MIT
#include "samplestores.h"

#include <Sojourn/storecopy.h>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Store = std::shared_ptr<MemoryStore>;

/// One with all that a record may have.
SessionRecord makeWholeRecord(const QString &user = {})
{
    static int count = 0;
    SessionRecord record = makeRecord(user, {{u"number"_s, ++count}});
    record.flash = R"(["saved"])";
    record.csrfSecret = QByteArray(16, char(count));
    record.updateCounts();
    return record;
}

Result<ImportSummary> copied(const std::shared_ptr<SessionStore> &from, const std::shared_ptr<SessionStore> &to,
                             const CopyOptions &options = {}, const SnapshotControl &control = {})
{
    return await(copySessions(from, to, options, control));
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
            records.append(makeWholeRecord(i % 3 ? u"user%1"_s.arg(i % 7) : QString()));
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

    void sessionsWithoutACsrfSecretGetOneOfTheirOwn() // as those of snapshots are
    {
        SessionRecord one = makeWholeRecord(), other = makeWholeRecord();
        one.csrfSecret.clear();
        other.csrfSecret.clear();
        const Store from = makeStore({one, other}), to = makeStore();
        QVERIFY(copied(from, to));
        const QByteArray first = to->load(one.key).takeResult()->csrfSecret,
                         second = to->load(other.key).takeResult()->csrfSecret;
        QCOMPARE(first.size(), 16);
        QCOMPARE(second.size(), 16);
        QVERIFY(first != second);
        QVERIFY(first != QByteArray(16, first[0]) && second != QByteArray(16, second[0]));
    }

    void nothingIsWrittenWhereAConflictIsToFail()
    {
        const SessionRecord there = makeWholeRecord(u"ann"_s);
        SessionRecord other = there;
        other.data.insert(u"number"_s, -1);
        const Store from = makeStore({makeWholeRecord(), there, makeWholeRecord()}), to = makeStore({other});
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
        const SessionRecord there = makeWholeRecord(u"ann"_s);
        SessionRecord other = there;
        other.data.insert(u"number"_s, -1);
        const Store from = makeStore({makeWholeRecord(), there}), to = makeStore({other});
        const auto summary = copied(from, to, {.onConflict = overwrites ? ImportOptions::Overwrite : ImportOptions::Skip});
        QVERIFY(summary);
        QCOMPARE(summary->conflicts, 1);
        QCOMPARE(summary->imported, overwrites ? 2 : 1);
        QCOMPARE(countOf(to), 2);
        QCOMPARE(to->load(there.key).takeResult()->data.value(u"number"_s)->toInt() == -1, !overwrites);
    }

    void aDryRunCountsAndWritesNothing()
    {
        const SessionRecord there = makeWholeRecord();
        const Store from = makeStore({makeWholeRecord(), there, makeWholeRecord()}), to = makeStore({there});
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
        const SessionRecord ann = makeWholeRecord(u"ann"_s), bob = makeWholeRecord(u"bob"_s), nobody = makeWholeRecord();
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
        const SessionRecord one = makeWholeRecord();
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
        const SessionRecord one = makeWholeRecord();
        const Store from = makeStore({one}), to = makeStore();
        const auto summary = copied(from, to, {.keys = {one.key, SessionId::generate().key()}});
        QVERIFY(!summary);
        QCOMPARE(summary.error().code, Error::NotFound);
        QCOMPARE(countOf(to), 0);
    }

    void whatIsTooLargeForTheOtherStoreIsToldBefore()
    {
        SessionRecord large = makeWholeRecord();
        large.data.insert(u"text"_s, QString(5000, u'x'));
        large.updateCounts();
        SessionRecord named = makeWholeRecord(); // the user counts, too
        named.data.insert(u"text"_s, QString(500, u'x'));
        named.user = QString(500, u'u');
        named.updateCounts();
        for (const SessionRecord &one : {large, named}) {
            const Store from = makeStore({makeWholeRecord(), one}), to = makeStore({makeWholeRecord()});
            to->setSizeLimit(1000);
            const auto summary = copied(from, to);
            QVERIFY(!summary);
            QCOMPARE(summary.error().code, Error::TooLarge);
            QCOMPARE(countOf(to), 1);
        }
    }

    void itCanBeStoppedAndToldFrom()
    {
        QList<SessionRecord> records;
        for (int i = 0; i < 1500; ++i)
            records.append(makeWholeRecord());
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
        QVERIFY(!copied(makeStore({makeWholeRecord()}), nullptr));
    }
};

QTEST_GUILESS_MAIN(tst_StoreCopy)
#include "tst_storecopy.moc"
