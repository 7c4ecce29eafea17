// SPDX-License-Identifier: MIT
#include "fakestore.h"

#include "edit/bulkjob.h"
#include "edit/storeeditor.h"
#include "look/activitylog.h"

#include <Sojourn/Author>

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QtTest>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Changes, what takes them back, and what is refused, below the windows.
class InspectorEditing : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void everyActionCanBeUndoneAndRedone_data() { actions(); }
    void everyActionCanBeUndoneAndRedone();
    void noUndoOverwritesWhatOthersDid_data() { actions(); }
    void noUndoOverwritesWhatOthersDid();
    void bulkWorkAndSingleEditsUndoInAnyOrder();
    void editBehindTheEndOfABulkJobIsMade();
    void undoOfManyWaitsForAStoreThatIsDead();
    void retryOfAnUndoLeavesNewerVersionsAlone();
    void undoThatWasStoppedGoesOnWhereItWas_data();
    void undoThatWasStoppedGoesOnWhereItWas();
    void removalOfAnOlderVersionIsAConflict();
    void bulkWorkMakesItsEditsWhenTheirTurnComes();
    void editsFollowASessionThatRotates();
    void editsFollowARotationThatNoEventTold();
    void undoEndsWithItsStore_data();
    void undoEndsWithItsStore();
    void workOnManyEndsWithItsStore();
    void nothingIsWrittenOnceTheStoreMayBeAnother_data();
    void nothingIsWrittenOnceTheStoreMayBeAnother();
    void lateNamesAreNotOfThePresentStore();
    void editsCarryTheirAuthor();
    void undoTakesBoundedMemory();
    void undoOfManyTakesTimeInProportion();
    void readOnlyIsRefusedBelowTheInterface_data();
    void readOnlyIsRefusedBelowTheInterface();

private:
    void actions();
    Edit makeEdit(const QString &action, const SessionRecord &seen);
    SessionRecord record(const SessionKey &key) { return m_store->inner.load(key).takeResult().value_or(SessionRecord()); }
    void apply(const QString &action, const SessionKey &key)
    {
        m_editor->apply(action, makeEdit(action, record(key)));
        QTRY_VERIFY(!m_editor->isBusy());
    }
    void undo()
    {
        m_editor->undo();
        QTRY_VERIFY(!m_editor->isBusy());
    }
    void redo()
    {
        m_editor->redo();
        QTRY_VERIFY(!m_editor->isBusy());
    }
    BulkJob *applyAll(const QString &action, const QList<SessionKey> &keys)
    {
        return m_editor->applyAll(action, keys.size(), [=, this](qsizetype i) { return makeEdit(action, record(keys.at(i))); });
    }
    void change(const SessionKey &key, const char *name, const char *json)
    {
        SessionChange foreign;
        foreign.set(name, json);
        QVERIFY(m_store->inner.update(key, foreign).takeResult());
    }

    std::unique_ptr<ActivityLog> m_log;
    std::shared_ptr<FakeStore> m_store;
    std::unique_ptr<OpenStore> m_open;
    std::unique_ptr<StoreEditor> m_editor;
};

void InspectorEditing::init()
{
    m_editor.reset();
    m_log = std::make_unique<ActivityLog>();
    m_store = std::make_shared<FakeStore>(0);
    m_store->delay = 2;
    for (int i = 1; i <= 12; ++i) {
        SessionRecord record = sampleSession(i, m_store->now());
        record.rotateRequested = false;
        record.absoluteExpiresAt.reset();
        record.lastSeenAt = m_store->now();
        record.expiresAt = record.lastSeenAt + 30min;
        if (i == 1)
            record.expiry = Expiry::onInactivity(30min);
        m_store->keys << record.key;
        QVERIFY(m_store->inner.create(record).takeResult());
    }
    m_open = std::make_unique<OpenStore>(Connection::forUrl(u"memory:"_s), m_store, false);
    m_editor = std::make_unique<StoreEditor>(m_open.get(), m_log.get());
}

void InspectorEditing::actions()
{
    QTest::addColumn<QString>("action");
    for (const char *action :
         {"set", "set another", "remove", "clear", "rotate", "idle", "deadline", "default", "expire", "delete"})
        QTest::newRow(action) << QString::fromLatin1(action);
}

Edit InspectorEditing::makeEdit(const QString &action, const SessionRecord &seen)
{
    SessionChange change;
    if (action == "delete"_L1)
        return Edit::removing(seen);
    if (action == "set"_L1)
        change.set("theme", "\"sepia\"");
    else if (action == "set another"_L1)
        change.set("fresh", "[1]");
    else if (action == "remove"_L1)
        change.remove("visits");
    else if (action == "clear"_L1)
        change.clear();
    else if (action == "rotate"_L1)
        change.rotateRequested = true;
    else if (action == "idle"_L1)
        change.expiry = std::optional(Expiry::onInactivity(2h));
    else if (action == "deadline"_L1)
        change.expiry = std::optional(Expiry::atDateTime(toDateTime(seen.expiresAt + 1h)));
    else if (action == "default"_L1)
        change.expiry = std::optional<Expiry>();
    else if (action == "expire"_L1)
        change.expiry = std::optional(Expiry::atDateTime(toDateTime(m_store->now())));
    return Edit::changing(seen, change);
}

/// The same but for the version and moments: an idle time that comes back counts from then.
static bool isSame(SessionRecord a, const SessionRecord &b)
{
    if (std::chrono::abs(a.expiresAt - b.expiresAt) > 20s)
        return false;
    a.expiresAt = b.expiresAt;
    a.version = b.version;
    return a == b;
}

void InspectorEditing::everyActionCanBeUndoneAndRedone()
{
    QFETCH(QString, action);
    QAbstractItemModelTester tester(m_log.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    const SessionKey key = m_store->keys[0];
    const SessionRecord before = record(key);
    apply(action, key);
    const SessionRecord after = record(key);
    QVERIFY(!isSame(after, before));
    for (int round = 0; round < 2; ++round) {
        undo();
        QVERIFY(isSame(record(key), before));
        QVERIFY(!m_editor->stack().canUndo());
        redo();
        QVERIFY(isSame(record(key), after));
        QVERIFY(!m_editor->stack().canRedo());
    }
    QCOMPARE(m_log->rowCount(), 5);
}

void InspectorEditing::noUndoOverwritesWhatOthersDid()
{
    QFETCH(QString, action);
    const SessionKey key = m_store->keys[0];
    const SessionRecord before = record(key);
    apply(action, key);
    QSignalSpy conflict(m_editor.get(), &StoreEditor::conflict);
    QSignalSpy failed(m_editor.get(), &StoreEditor::failed);
    const bool isGone = record(key).key != key;
    if (isGone) { // and somebody else has made it again
        QVERIFY(m_store->inner.create(before).takeResult());
    }
    change(key, "theme", "\"theirs\"");
    const SessionRecord theirs = record(key);
    undo();
    QCOMPARE(record(key), theirs);
    QCOMPARE(conflict.count(), isGone ? 0 : 1);
    QCOMPARE(failed.count(), isGone ? 1 : 0);
    QCOMPARE(m_editor->stack().canUndo(), !isGone); // over a conflict it may be tried again; what cannot be is forgotten
}

void InspectorEditing::bulkWorkAndSingleEditsUndoInAnyOrder()
{
    const QList<SessionKey> keys = m_store->keys.sliced(1, 4);
    QList<SessionRecord> before, after;
    for (const SessionKey &key : keys)
        before << record(key);
    apply(u"set another"_s, keys[1]);
    BulkJob *job = applyAll(u"clear"_s, keys);
    QTRY_VERIFY(!job->isRunning());
    apply(u"set"_s, keys[1]);
    job = applyAll(u"deadline"_s, keys);
    QTRY_VERIFY(!job->isRunning());
    apply(u"rotate"_s, keys[2]);
    QTRY_COMPARE(m_editor->stack().count(), 5);
    for (const SessionKey &key : keys)
        after << record(key);
    for (int round = 0; round < 2; ++round) {
        for (int i = 4; i >= 0; --i) {
            undo();
            QCOMPARE(m_editor->stack().index(), i);
        }
        for (int i = 0; i < keys.size(); ++i)
            QVERIFY(isSame(record(keys[i]), before[i]));
        for (int i = 1; i <= 5; ++i) {
            redo();
            QCOMPARE(m_editor->stack().index(), i);
        }
        for (int i = 0; i < keys.size(); ++i)
            QVERIFY(isSame(record(keys[i]), after[i]));
    }
}

void InspectorEditing::editBehindTheEndOfABulkJobIsMade()
{
    m_store->delay = FakeStore::Held;
    m_editor->apply(u"set"_s, makeEdit(u"set"_s, record(m_store->keys[5])));
    m_store->delay = 0;
    BulkJob *job = applyAll(u"clear"_s, m_store->keys.first(2));
    QTRY_VERIFY(!job->isRunning());
    QVERIFY(m_editor->isBusy()); // what the job did waits to become a step
    m_editor->apply(u"set another"_s, makeEdit(u"set another"_s, record(m_store->keys[6])));
    m_editor->apply(u"rotate"_s, makeEdit(u"rotate"_s, record(m_store->keys[7])));
    m_store->release();
    QTRY_VERIFY(record(m_store->keys[7]).rotateRequested);
    QTRY_VERIFY(!m_editor->isBusy());
    QCOMPARE(record(m_store->keys[6]).data.json("fresh").toByteArray(), "[1]");
    QCOMPARE(m_editor->stack().count(), 4);
}

void InspectorEditing::undoOfManyWaitsForAStoreThatIsDead()
{
    BulkJob *job = applyAll(u"delete"_s, m_store->keys.first(5));
    QTRY_VERIFY(!job->isRunning());
    QTRY_COMPARE(m_editor->stack().count(), 1);
    m_store->failure = Error{Error::Unavailable, u"The store does not answer."_s};
    undo();
    QCOMPARE(m_editor->stack().index(), 1);
    QCOMPARE(*m_store->inner.count().takeResult(), 7);
    m_store->failure.reset();
    undo();
    QCOMPARE(m_editor->stack().index(), 0);
    QCOMPARE(*m_store->inner.count().takeResult(), 12);
}

void InspectorEditing::retryOfAnUndoLeavesNewerVersionsAlone()
{
    const QList<SessionKey> keys = m_store->keys.first(5);
    BulkJob *job = applyAll(u"clear"_s, keys);
    QTRY_VERIFY(!job->isRunning());
    QTRY_COMPARE(m_editor->stack().count(), 1);
    change(keys[3], "theme", "\"theirs\"");
    connect(m_editor.get(), &StoreEditor::jobStarted, this, [&job](BulkJob *started) { job = started; });
    undo();
    QCOMPARE(job->done(), 4);
    QCOMPARE(job->failures().size(), 1);
    QCOMPARE(job->failures()[0].error, Error::Conflict);
    job->retry();
    QTRY_VERIFY(!job->isRunning());
    QCOMPARE(job->failures().size(), 1);
    QCOMPARE(record(keys[3]).data.json("theme").toByteArray(), "\"theirs\"");
    QCOMPARE(record(keys[3]).attributeCount, 1);
}

void InspectorEditing::undoThatWasStoppedGoesOnWhereItWas_data()
{
    QTest::addColumn<bool>("byRetry"); // or by undoing once more
    QTest::newRow("undone again") << false;
    QTest::newRow("tried again") << true;
}

void InspectorEditing::undoThatWasStoppedGoesOnWhereItWas()
{
    QFETCH(bool, byRetry);
    BulkJob *job = applyAll(u"delete"_s, m_store->keys);
    QTRY_VERIFY(!job->isRunning());
    QTRY_COMPARE(m_editor->stack().count(), 1);
    const auto stopping = connect(m_editor.get(), &StoreEditor::jobStarted, this, [&job](BulkJob *started) {
        job = started;
        connect(started, &BulkJob::progressed, started, &BulkJob::stop, Qt::SingleShotConnection); // once the first are under way
    });
    undo();
    const qint64 back = *m_store->inner.count().takeResult();
    QVERIFY2(back > 0 && back < 12, qPrintable(QString::number(back)));
    QCOMPARE(m_editor->stack().index(), 1); // not undone yet
    disconnect(stopping);
    byRetry ? job->retry() : m_editor->undo();
    QTRY_COMPARE(m_editor->stack().index(), 0);
    QTRY_VERIFY(!m_editor->isBusy());
    QCOMPARE(*m_store->inner.count().takeResult(), 12);
    redo(); // of all of them
    QCOMPARE(*m_store->inner.count().takeResult(), 0);
    QCOMPARE(m_editor->stack().count(), 1);
    undo();
    QCOMPARE(*m_store->inner.count().takeResult(), 12);
}

void InspectorEditing::removalOfAnOlderVersionIsAConflict()
{
    // Somebody writes between the look at the record and its removal.
    const SessionKey key = m_store->keys[0];
    m_store->delay = 0;
    QSignalSpy conflicts(m_editor.get(), &StoreEditor::conflict);
    m_store->beforeRemoval = [&] { change(key, "theme", "\"theirs\""); };
    apply(u"delete"_s, key);
    QCOMPARE(conflicts.count(), 1);
    QCOMPARE(conflicts[0][0].value<Conflict>().theirs.data.json("theme").toByteArray(), "\"theirs\"");
    QCOMPARE(record(key).data.json("theme").toByteArray(), "\"theirs\"");
    QCOMPARE(m_editor->stack().count(), 0);
    m_store->beforeRemoval = {};
    m_editor->overwrite(conflicts[0][0].value<Conflict>());
    QTRY_VERIFY(!m_editor->isBusy());
    QCOMPARE(m_store->inner.load(key).takeResult().error().code, Error::NotFound);
}

void InspectorEditing::bulkWorkMakesItsEditsWhenTheirTurnComes()
{
    m_store->delay = 1;
    int made = 0;
    BulkJob *job = m_editor->applyAll(u"all"_s, 500, [&](qsizetype i) {
        ++made;
        return makeEdit(u"set"_s, record(m_store->keys.at(i % 12)));
    });
    QTRY_VERIFY(job->done() >= 20);
    QVERIFY(made < 500);
    job->stop();
    QTRY_VERIFY(!job->isRunning());
    QCOMPARE(job->left() + job->done() + job->failures().size(), 500);
    const int before = made;
    const int left = job->left() + int(job->failures().size());
    job->retry();
    QCOMPARE(job->total(), left);
    QTRY_VERIFY(!job->isRunning());
    QCOMPARE(job->done(), left);
    QCOMPARE(made, 500);
    QVERIFY(before < 500);
}

void InspectorEditing::editsFollowASessionThatRotates()
{
    const SessionKey key = m_store->keys[0], next = SessionId::generate().key();
    apply(u"set"_s, key);
    QVERIFY(m_store->inner.rotate(key, next, {}).takeResult());
    m_editor->changeKey(key, next);
    QSignalSpy conflict(m_editor.get(), &StoreEditor::conflict);
    undo();
    QCOMPARE(conflict.count(), 1); // a new id is a new version: it is shown, not overwritten
    QCOMPARE(record(next).data.json("theme").toByteArray(), "\"sepia\"");
}

void InspectorEditing::editsFollowARotationThatNoEventTold()
{
    const SessionKey key = m_store->keys[0], next = SessionId::generate().key(), last = SessionId::generate().key();
    apply(u"set"_s, key);
    m_store->isMute = true;
    QVERIFY(m_store->inner.rotate(key, next, {}).takeResult());
    QVERIFY(m_store->inner.rotate(next, last, {}).takeResult());
    QSignalSpy conflict(m_editor.get(), &StoreEditor::conflict);
    undo();
    QCOMPARE(conflict.count(), 1);
    QVERIFY(m_editor->stack().canUndo());
    m_editor->overwrite(conflict.first().first().value<Conflict>());
    QTRY_VERIFY(!m_editor->isBusy());
    QVERIFY(record(last).data.json("theme").toByteArray() != "\"sepia\"");
}

void InspectorEditing::undoEndsWithItsStore_data()
{
    QTest::addColumn<QStringList>("before");
    QTest::addColumn<QStringList>("after");
    QTest::addColumn<bool>("isSame");
    const QString address = u"redis://shop:6379/0?sojourn:"_s;
    QTest::newRow("the same") << QStringList{u"redis:run/0"_s, address} << QStringList{u"redis:run/0"_s, address} << true;
    QTest::newRow("its replica") << QStringList{u"redis:run/0"_s, u"redis:all/0"_s}
                                 << QStringList{u"redis:other/0"_s, u"redis:all/0"_s} << true;
    QTest::newRow("its replica at the address")
        << QStringList{u"redis:run/0"_s, address} << QStringList{u"redis:replica/0"_s, u"redis:run/0"_s, address} << true;
    QTest::newRow("another at the address") << QStringList{u"redis:run/0"_s, address} << QStringList{u"redis:other/0"_s, address}
                                            << false;
    QTest::newRow("unknown") << QStringList() << QStringList() << false;
}

void InspectorEditing::undoEndsWithItsStore()
{
    QFETCH(QStringList, before);
    QFETCH(QStringList, after);
    QFETCH(bool, isSame);
    m_store->delay = 0;
    m_store->names = before;
    m_editor.reset();
    m_open = std::make_unique<OpenStore>(Connection::forUrl(u"memory:"_s), m_store, false);
    m_editor = std::make_unique<StoreEditor>(m_open.get(), m_log.get());
    apply(u"set"_s, m_store->keys[1]);
    apply(u"delete"_s, m_store->keys[0]);
    QCOMPARE(m_editor->stack().count(), 2);
    QSignalSpy forgotten(m_editor.get(), &StoreEditor::stepsForgotten);
    m_store->becomeUnreachable();
    m_store->names = after;
    m_store->comeBack();
    QTRY_VERIFY(m_open->isIdentified());
    QCOMPARE(forgotten.count(), isSame ? 0 : 1);
    QCOMPARE(m_editor->stack().canUndo(), isSame);
    undo();
    QCOMPARE(*m_store->inner.count().takeResult(), isSame ? 12 : 11);
    apply(u"set another"_s, m_store->keys[2]); // and what is done from now on can be taken back
    QVERIFY(m_editor->stack().canUndo());
}

void InspectorEditing::workOnManyEndsWithItsStore()
{
    BulkJob *job = applyAll(u"delete"_s, m_store->keys);
    QTRY_VERIFY(!job->isRunning());
    QTRY_COMPARE(m_editor->stack().count(), 1);
    connect(m_editor.get(), &StoreEditor::jobStarted, this, [&job](BulkJob *started) { job = started; });
    bool wasAway = false;
    connect(m_store.get(), &SessionStore::sessionEvent, this, [&] { // the first one is back
        if (!std::exchange(wasAway, true))
            m_store->becomeUnreachable();
    });
    m_editor->undo();
    QTRY_VERIFY(wasAway);
    m_store->comeBack();
    QTRY_VERIFY(m_open->isIdentified());
    QTRY_VERIFY(!m_editor->isBusy());
    const qint64 back = *m_store->inner.count().takeResult();
    QVERIFY2(back > 0 && back < 12, qPrintable(QString::number(back)));
    QCOMPARE(m_editor->stack().count(), 0);
    QVERIFY(!job->canRetry());
    job->retry();
    QVERIFY(!job->isRunning());
}

void InspectorEditing::nothingIsWrittenOnceTheStoreMayBeAnother_data()
{
    QTest::addColumn<QString>("action");
    QTest::newRow("update") << u"set"_s;
    QTest::newRow("removal") << u"delete"_s;
}

/// Between the look at the record and the write.
void InspectorEditing::nothingIsWrittenOnceTheStoreMayBeAnother()
{
    QFETCH(QString, action);
    const SessionKey key = m_store->keys[0];
    const SessionRecord before = record(key);
    QTRY_VERIFY(m_open->isIdentified());
    for (const bool isAway : {true, false}) {
        m_store->delay = FakeStore::Held;
        m_editor->apply(action, makeEdit(action, before));
        if (isAway)
            Q_EMIT m_store->availabilityChanged(false);
        else
            m_open->setWritable(false);
        m_store->delay = 0;
        m_store->release();
        QTRY_VERIFY(!m_editor->isBusy());
        QCOMPARE(record(key), before);
        Q_EMIT m_store->availabilityChanged(true);
        QTRY_VERIFY(m_open->isIdentified());
    }
    m_open->setWritable(true);
    apply(action, key);
    QVERIFY(record(key) != before);
}

void InspectorEditing::lateNamesAreNotOfThePresentStore()
{
    m_editor.reset();
    m_store->names = {u"shop"_s};
    m_store->delay = FakeStore::Held;
    m_open = std::make_unique<OpenStore>(Connection::forUrl(u"memory:"_s), m_store, false);
    Q_EMIT m_store->availabilityChanged(false);
    m_store->names = {u"orders"_s};
    Q_EMIT m_store->availabilityChanged(true);
    m_store->release(); // what was asked of the one before
    QVERIFY(!m_open->isIdentified());
    QVERIFY(m_open->writer()->isReadOnly());
    m_store->release();
    QCOMPARE(m_open->identities(), QStringList{u"orders"_s});
}

void InspectorEditing::editsCarryTheirAuthor()
{
    m_store->delay = 0;
    const Author::Scope scope(u"root@web1, test"_s);
    const SessionKey key = m_store->keys[0];
    QStringList told;
    connect(m_store.get(), &SessionStore::sessionEvent, this, [&told](const SessionEvent &event) {
        QCOMPARE(event.by, u"root@web1, test"_s);
        told << (SessionEvent::name(event.type) + u' ' + event.reason).trimmed();
    });
    QVERIFY(m_store->subscribe().takeResult());
    apply(u"delete"_s, key);
    undo();
    apply(u"set"_s, key);
    apply(u"expire"_s, key);
    undo();
    QCOMPARE(told, (QStringList{u"revoked admin"_s, u"created restored"_s, u"changed"_s, u"changed"_s, u"expired fixed"_s,
                                u"created restored"_s}));
}

void InspectorEditing::undoTakesBoundedMemory()
{
    m_store->inner.setSizeLimit(StoreEditor::UndoBytes);
    for (int i = 0; i < 4; ++i) {
        SessionChange large;
        large.set("large", '"' + QByteArray(StoreEditor::UndoBytes / 3, 'x') + '"');
        QVERIFY(m_store->inner.update(m_store->keys[i], large).takeResult());
        apply(u"delete"_s, m_store->keys[i]);
    }
    QVERIFY(m_editor->undoBytes() <= StoreEditor::UndoBytes);
    QCOMPARE(m_editor->stack().count(), 2);
    undo();
    QVERIFY(record(m_store->keys[3]).key == m_store->keys[3]);
}

void InspectorEditing::undoOfManyTakesTimeInProportion()
{
    m_store->delay = 0;
    QList<SessionKey> keys;
    for (int i = 0; i < 4000; ++i) {
        SessionRecord record = sampleSession(12, m_store->now());
        record.absoluteExpiresAt.reset();
        record.expiresAt = m_store->now() + 30min;
        keys << record.key;
        QVERIFY(m_store->inner.create(record).takeResult());
    }
    const auto timeOf = [this](const QList<SessionKey> &some) {
        BulkJob *job = applyAll(u"clear"_s, some);
        [&] { QTRY_VERIFY_WITH_TIMEOUT(!job->isRunning() && m_editor->stack().canUndo(), 60'000); }();
        QElapsedTimer timer;
        timer.start();
        m_editor->undo();
        [&] { QTRY_VERIFY_WITH_TIMEOUT(!m_editor->isBusy(), 60'000); }();
        return timer.elapsed();
    };
    const qint64 few = timeOf(keys.first(500)), many = timeOf(keys.sliced(500));
    QVERIFY2(many < 7 * few * 3 + 500, qPrintable(u"%1 ms, %2 ms"_s.arg(few).arg(many)));
}

void InspectorEditing::readOnlyIsRefusedBelowTheInterface_data()
{
    QTest::addColumn<bool>("production");
    QTest::addColumn<bool>("readOnly");
    QTest::addColumn<bool>("locked");
    QTest::newRow("production") << true << false << false;
    QTest::newRow("read-only connection") << false << true << false;
    QTest::newRow("locked") << false << false << true;
}

void InspectorEditing::readOnlyIsRefusedBelowTheInterface()
{
    QFETCH(bool, production);
    QFETCH(bool, readOnly);
    QFETCH(bool, locked);
    Connection connection = Connection::forUrl(u"memory:"_s);
    connection.environment = production ? Connection::Production : Connection::Development;
    connection.readOnly = readOnly;
    m_store->delay = 0;
    OpenStore store(connection, m_store, locked);
    QVERIFY(!store.isWritable());
    const SessionKey key = m_store->keys[0], next = SessionId::generate().key();
    const SessionRecord before = record(key);
    const auto refuses = [](auto task) {
        const auto result = task.takeResult();
        return !result && result.error() == Error::ReadOnly;
    };
    for (const std::shared_ptr<SessionStore> &writer : {store.writer(), store.reader()}) {
        SessionRecord copy = before;
        copy.key = next;
        SessionChange change;
        change.set("theme", "\"sepia\"");
        QVERIFY(refuses(writer->create(copy)));
        QVERIFY(refuses(writer->update(key, change)));
        QVERIFY(refuses(writer->rotate(key, next, change)));
        QVERIFY(refuses(writer->remove(key, SessionStore::Removal::Admin)));
        QVERIFY(refuses(writer->removeUser(before.user, {}, SessionStore::Removal::Admin)));
        QVERIFY(refuses(writer->removeExpired(10)));
        QVERIFY(refuses(writer->takeFlash(key)));
    }
    QCOMPARE(record(key), before);
    QCOMPARE(*m_store->inner.count().takeResult(), 12);
    QCOMPARE(store.canBeWritable(), !locked);
    store.setWritable(true);
    QCOMPARE(store.isWritable(), !locked);
    QCOMPARE(store.writer()->remove(key, SessionStore::Removal::Admin).takeResult().has_value(), !locked);
}

QTEST_MAIN(InspectorEditing)
#include "tst_inspectorediting.moc"
