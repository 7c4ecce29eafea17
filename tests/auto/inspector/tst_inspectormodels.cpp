// SPDX-License-Identifier: MIT
#include "fakestore.h"

#include "edit/bulkjob.h"
#include "edit/storeeditor.h"
#include "look/activitylog.h"
#include "look/format.h"
#include "overview/storestatistics.h"
#include "session/jsontreemodel.h"
#include "table/sessionmodel.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QtTest>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class InspectorModels : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rowCacheKeepsRowsWhereTheyAre();
    void tableShowsEverySessionInTheStoresOrder_data();
    void tableShowsEverySessionInTheStoresOrder();
    void tableJumpsAnywhereWithoutLoadingTheRest();
    void aMillionRowsComeInSteps();
    void answersOfAnEarlierFilterAreDropped();
    void aChangedSessionIsPatchedInItsRow();
    void aSessionThatEndsIsAGhostAndLeavesUnlessSelected();
    void aNewSessionAppearsWhereItBelongs();
    void aRotatedSessionKeepsItsRow();
    void theUsersEndedSessionsAreAmongTheFiltered();
    void searchFindsAttributesAndCanBeStopped();
    void failureIsToldAndRefreshRecovers();
    void eventStormKeepsTheModelWhole();
    void treeShowsTypesAndMasksSecrets();
    void treeEditsBecomeWishesForWholeAttributes();
    void treeKeepsWhatIsOpenWhenValuesChange();
    void treeStaysQuickWithLargeValues();
    void undoRestoresAndRedoRepeats();
    void undoAfterAForeignChangeIsAConflict();
    void chainsOfUndoSurviveVersionNumbers();
    void deletedSessionComesBack();
    void expiredSessionComesBack();
    void bulkJobStopsRetriesAndUndoes();
    void statisticsCountEverything();
    void rankingsAreExact();

private:
    std::shared_ptr<FakeStore> makeStore(int sessions)
    {
        auto store = std::make_shared<FakeStore>(sessions);
        (void)store->subscribe().takeResult();
        return store;
    }
};

static QStringList keysIn(const SessionModel &model)
{
    QStringList keys;
    for (int row = 0; row < model.rowCount(); ++row)
        keys << model.index(row, SessionModel::Key).data(SessionModel::ValueRole).toString();
    return keys;
}

static QStringList keysIn(MemoryStore &store, const SessionQuery &query)
{
    QStringList keys;
    const SessionPage page = store.list(query).takeResult().value();
    for (const SessionRecord &record : page.records)
        keys << record.key.toString();
    return keys;
}

static SessionRow markedRow(int mark)
{
    SessionRow row;
    row.info.version = quint64(mark);
    return row;
}

void InspectorModels::rowCacheKeepsRowsWhereTheyAre()
{
    // The expected rows by their marks: -1 is not loaded, negative ones below it are ghosts.
    RowCache cache;
    QList<int> expected(600, -1);
    cache.insertUnknown(0, 600);
    QRandomGenerator random(7);
    for (int i = 0; i < 4000; ++i) {
        const int at = int(random.bounded(expected.size()));
        switch (random.bounded(6)) {
        case 0: {
            const int count = int(random.bounded(1, 4));
            std::vector<SessionRow> rows;
            for (int n = 0; n < count; ++n)
                rows.push_back(markedRow(1000 + i));
            cache.insert(at, rows);
            expected.insert(at, count, 1000 + i);
            break;
        }
        case 1: {
            const int count = int(random.bounded(1, 4));
            cache.insertUnknown(at, count);
            expected.insert(at, count, -1);
            break;
        }
        case 2: {
            const int count = std::min(int(random.bounded(1, 9)), int(expected.size()) - at);
            cache.remove(at, count);
            expected.remove(at, count);
            break;
        }
        case 3:
            if (expected[at] < -1)
                break;
            cache.forget(at);
            expected[at] = -1;
            break;
        case 4:
            if (expected[at] > 0) {
                cache.bury(at, {});
                expected[at] = -expected[at];
            } else if (expected[at] < -1) {
                cache.revive(at);
                expected[at] = -expected[at];
            }
            break;
        default:
            if (expected[at] >= -1) {
                cache.set(at, markedRow(i + 2));
                expected[at] = i + 2;
            }
        }
        QCOMPARE(cache.count(), expected.size());
        QCOMPARE(cache.loaded(), expected.size() - expected.count(-1));
    }
    int offset = 0;
    for (int row = 0; row < expected.size(); ++row) {
        const SessionRow *known = cache.at(row);
        QCOMPARE(known != nullptr, expected[row] != -1);
        if (known) {
            QCOMPARE(int(known->info.version), std::abs(expected[row]));
            QCOMPARE(known->isGhost(), expected[row] < -1);
        }
        QCOMPARE(cache.offsetOf(row), offset);
        if (expected[row] >= -1)
            QCOMPARE(cache.rowOf(offset++), row);
    }
    QCOMPARE(cache.living(), offset);
    QList<int> seen;
    std::as_const(cache).forEach([&seen](int row, const SessionRow &) { seen << row; }, 100, 300);
    for (int row = 100; row <= 300; ++row)
        QCOMPARE(seen.contains(row), expected[row] != -1);
    cache.trim(0, 0);
    std::as_const(cache).forEach([](int, const SessionRow &row) { QVERIFY(row.isGhost() || row.info.version > 0); });
    QVERIFY(cache.ghosts().empty() || cache.loaded() > 0);
}

void InspectorModels::tableShowsEverySessionInTheStoresOrder_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<Qt::SortOrder>("order");
    QTest::addColumn<int>("longestPage");
    QTest::newRow("expiry") << int(SessionModel::ExpiresIn) << Qt::AscendingOrder << 1000;
    QTest::newRow("created, newest first") << int(SessionModel::Created) << Qt::DescendingOrder << 1000;
    QTest::newRow("last seen") << int(SessionModel::LastSeen) << Qt::AscendingOrder << 1000;
    QTest::newRow("user") << int(SessionModel::User) << Qt::AscendingOrder << 1000;
    QTest::newRow("short pages") << int(SessionModel::Created) << Qt::AscendingOrder << 17;
}

void InspectorModels::tableShowsEverySessionInTheStoresOrder()
{
    QFETCH(int, column);
    QFETCH(Qt::SortOrder, order);
    QFETCH(int, longestPage);
    auto store = makeStore(730);
    store->delay = 4;
    store->longestPage = longestPage;
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.sort(column, order);
    QTRY_COMPARE(model.rowCount(), 730);
    model.setVisibleRows(0, 729);
    const auto isLoaded = [&] {
        for (int row = 0; row < model.rowCount(); ++row) {
            if (!model.row(row))
                return false;
        }
        return true;
    };
    QTRY_VERIFY(isLoaded());
    SessionQuery query = model.query();
    query.limit = 1000;
    QCOMPARE(keysIn(model), keysIn(store->inner, query));
    QCOMPARE(model.total(), 730);
}

void InspectorModels::tableJumpsAnywhereWithoutLoadingTheRest()
{
    auto store = makeStore(5000);
    store->delay = 3;
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(model.rowCount(), 5000);
    store->lists = 0;
    for (const int row : {4900, 2500, 30, 3333}) {
        model.setVisibleRows(row, row + 30);
        QTRY_VERIFY(model.row(row) && model.row(row + 30));
    }
    QVERIFY(store->lists < 20);
    SessionQuery query = model.query();
    query.offset = 3333;
    query.limit = 1;
    QCOMPARE(model.index(3333, SessionModel::Key).data(SessionModel::ValueRole).toString(), keysIn(store->inner, query).first());
}

void InspectorModels::aMillionRowsComeInSteps()
{
    const auto store = makeStore(300);
    store->claimedTotal = 1'000'000;
    SessionModel model(store);
    int most = 0;
    connect(&model, &QAbstractItemModel::rowsInserted, this,
            [&most](const QModelIndex &, int first, int last) { most = std::max(most, last - first + 1); });
    QTRY_COMPARE(model.rowCount(), 1'000'000);
    QVERIFY2(most <= 200'000, qPrintable(QString::number(most)));
    SessionFilter filter;
    filter.user = u"nobody"_s;
    store->claimedTotal = 0;
    model.setFilter(filter);
    QTRY_COMPARE(model.status(), SessionModel::Status::Ready);
    QCOMPARE(model.rowCount(), 0);
    QTest::qWait(5);
    QCOMPARE(model.rowCount(), 0); // none come of the table before
}

void InspectorModels::answersOfAnEarlierFilterAreDropped()
{
    auto store = makeStore(400);
    store->delay = 20;
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    for (const QString &user : {u"ann"_s, u"bob"_s, u"eva"_s}) {
        SessionFilter filter;
        filter.user = user;
        model.setFilter(filter);
    }
    QTRY_VERIFY(model.shown() > 0);
    QTest::qWait(60);
    for (int row = 0; row < model.rowCount(); ++row)
        QCOMPARE(model.row(row)->info.user, u"eva"_s);
    QCOMPARE(model.total(), 400);
}

void InspectorModels::aChangedSessionIsPatchedInItsRow()
{
    auto store = makeStore(50);
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(model.rowCount(), 50);
    const QStringList before = keysIn(model);
    const SessionKey key = model.row(20)->info.key;
    const qsizetype size = model.row(20)->info.size;
    SessionChange change;
    change.set("more", "\"0123456789\"");
    change.touch = SessionChange::Touch{store->now()};
    QVERIFY(store->update(key, change).takeResult());
    QTRY_COMPARE(model.row(20)->info.size, size + 16);
    QVERIFY(model.index(20, SessionModel::Size).data(SessionModel::GlowRole).toDouble() > 0);
    QCOMPARE(model.index(20, SessionModel::User).data(SessionModel::GlowRole).toDouble(), 0.0);
    QCOMPARE(keysIn(model), before); // nothing jumps
}

void InspectorModels::aSessionThatEndsIsAGhostAndLeavesUnlessSelected()
{
    auto store = makeStore(30);
    TimePoint now = systemNow();
    store->setClock([&now] { return now; });
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(model.rowCount(), 30);
    const SessionKey first = model.row(3)->info.key, second = model.row(4)->info.key;
    model.setSelection({second});
    QVERIFY(store->remove(first, SessionStore::Removal::User).takeResult());
    QVERIFY(store->remove(second, SessionStore::Removal::Destroyed).takeResult());
    QTRY_VERIFY(model.index(3, 0).data(SessionModel::GhostRole).toBool());
    QCOMPARE(model.index(3, SessionModel::State).data().toString(), u"revoked (by user)"_s);
    QCOMPARE(model.index(4, SessionModel::State).data().toString(), u"destroyed"_s);
    QCOMPARE(model.rowCount(), 30);
    QCOMPARE(model.shown(), 28);
    now += 20s;
    QTRY_COMPARE(model.rowCount(), 29);
    QCOMPARE(model.row(3)->info.key, second);
    model.setSelection({});
    QTRY_COMPARE(model.rowCount(), 28);
}

void InspectorModels::aNewSessionAppearsWhereItBelongs()
{
    auto store = makeStore(40);
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.sort(SessionModel::Created, Qt::DescendingOrder);
    QTRY_COMPARE(model.rowCount(), 40);
    SessionRecord record = sampleSession(4, store->now());
    record.createdAt = store->now();
    QVERIFY(store->create(record).takeResult());
    QTRY_COMPARE(model.rowCount(), 41);
    QCOMPARE(model.row(0)->info.key, record.key);
    QCOMPARE(model.total(), 41);
}

void InspectorModels::aRotatedSessionKeepsItsRow()
{
    auto store = makeStore(20);
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(model.rowCount(), 20);
    const SessionKey oldKey = model.row(7)->info.key, newKey = SessionId::generate().key();
    QSignalSpy spy(&model, &SessionModel::keyChanged);
    QVERIFY(store->rotate(oldKey, newKey, {}).takeResult());
    QTRY_COMPARE(model.row(7)->info.key, newKey);
    QCOMPARE(spy.count(), 1);
    QTRY_VERIFY(!model.row(7)->stale);
}

void InspectorModels::theUsersEndedSessionsAreAmongTheFiltered()
{
    auto store = makeStore(60);
    SessionQuery query;
    query.user = u"bob"_s;
    const auto page = store->list(query).takeResult();
    QVERIFY(page && page->total > 1);
    QVERIFY(store->remove(page->records[0].key, SessionStore::Removal::Admin).takeResult());
    store->delay = 3;
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    SessionFilter filter;
    filter.user = u"bob"_s;
    model.setFilter(filter);
    QTRY_COMPARE(model.rowCount(), int(page->total));
    const int last = model.rowCount() - 1;
    QVERIFY(model.index(last, 0).data(SessionModel::GhostRole).toBool());
    QCOMPARE(model.index(last, SessionModel::State).data().toString(), u"revoked (admin)"_s);
    QCOMPARE(model.shown(), page->total - 1);
}

void InspectorModels::searchFindsAttributesAndCanBeStopped()
{
    auto store = makeStore(2000);
    SessionRecord record = sampleSession(4, store->now());
    record.data.insert(u"coupon"_s, u"SummerSale"_s);
    record.updateCounts();
    QVERIFY(store->create(record).takeResult());
    store->delay = 3;
    store->longestPage = 50;
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    SessionFilter filter;
    filter.text = u"summersale"_s;
    model.setFilter(filter);
    QVERIFY(model.isSearching());
    QTRY_VERIFY(!model.isSearching());
    QCOMPARE(model.searched(), 2001);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.row(0)->info.key, record.key);

    filter.text = u"nowhere to be found"_s;
    model.setFilter(filter);
    QTRY_VERIFY(model.searched() > 0);
    model.stopSearch();
    const qint64 searched = model.searched();
    QTest::qWait(30);
    QCOMPARE(model.searched(), searched);
    QVERIFY(searched < 2001);
}

void InspectorModels::failureIsToldAndRefreshRecovers()
{
    auto store = makeStore(10);
    store->becomeUnreachable();
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QCOMPARE(model.status(), SessionModel::Status::Failed);
    QCOMPARE(model.error().text, u"The store does not answer."_s);
    store->comeBack();
    model.refresh();
    QTRY_COMPARE(model.rowCount(), 10);
}

void InspectorModels::eventStormKeepsTheModelWhole()
{
    auto store = makeStore(900);
    store->delay = 5;
    SessionModel model(store);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTRY_COMPARE(model.rowCount(), 900);
    QRandomGenerator random(3);
    for (int round = 0; round < 40; ++round) {
        for (int i = 0; i < 10; ++i) {
            const SessionKey key = store->keys[random.bounded(store->keys.size())];
            switch (random.bounded(4)) {
            case 0:
                (void)store->inner.remove(key, SessionStore::Removal::Destroyed).takeResult();
                break;
            case 1:
                store->keys << fillWithSamples(store->inner, 1);
                break;
            case 2:
                (void)store->inner.rotate(key, SessionId::generate().key(), {}).takeResult();
                break;
            default: {
                SessionChange change;
                change.increment("visits", 1);
                (void)store->inner.update(key, change).takeResult();
            }
            }
        }
        const int first = int(random.bounded(900));
        model.setVisibleRows(first, first + 40);
        QTest::qWait(20);
    }
    QTest::qWait(400);
    model.refresh();
    const qint64 living = *store->inner.count().takeResult();
    QTRY_COMPARE(model.shown(), living);
}

static SessionData sampleData()
{
    SessionData data;
    data.insert(u"cart"_s, QJsonArray{QJsonObject{{u"sku"_s, u"A-1"_s}, {u"count"_s, 2}}, QJsonObject{{u"sku"_s, u"B-2"_s}}});
    data.insert(u"password"_s, u"hunter2"_s);
    data.insert(u"theme"_s, u"dark"_s);
    data.insert(u"visits"_s, 12);
    return data;
}

void InspectorModels::treeShowsTypesAndMasksSecrets()
{
    JsonTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setAttributes(sampleData());
    const auto cell = [&](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(cell(0, JsonTreeModel::Name), u"cart"_s);
    QCOMPARE(cell(0, JsonTreeModel::Type), u"list"_s);
    QVERIFY(!cell(1, JsonTreeModel::Value).contains(u"hunter"));
    QVERIFY(!model.index(1, JsonTreeModel::Value).data(Qt::AccessibleTextRole).toString().contains(u"hunter"));
    QCOMPARE(cell(2, JsonTreeModel::Value), u"\"dark\""_s);
    QCOMPARE(cell(3, JsonTreeModel::Type), u"number"_s);
    model.setSecretsShown(true);
    QCOMPARE(cell(1, JsonTreeModel::Value), u"\"hunter2\""_s);
    const QModelIndex cart = model.index(0, 0);
    model.fetchMore(cart);
    const QModelIndex first = model.index(0, 0, cart);
    model.fetchMore(first);
    QCOMPARE(model.index(1, 0, first).data(JsonTreeModel::PathRole).toString(), u"cart[0].sku"_s);
}

void InspectorModels::treeEditsBecomeWishesForWholeAttributes()
{
    JsonTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setAttributes(sampleData());
    model.setEditable(true);
    QSignalSpy set(&model, &JsonTreeModel::setWanted);
    QSignalSpy removed(&model, &JsonTreeModel::removeWanted);
    const QModelIndex cart = model.index(0, 0);
    model.fetchMore(cart);
    const QModelIndex first = model.index(0, 0, cart);
    model.fetchMore(first);

    QVERIFY(model.setData(model.index(0, JsonTreeModel::Value, first), u"5"_s, Qt::EditRole));
    QCOMPARE(set.last()[0].toString(), u"cart"_s);
    QCOMPARE(set.last()[1].toJsonValue()[0][u"count"_s].toInt(), 5);
    QVERIFY(model.setData(model.index(2, JsonTreeModel::Value), u"12"_s, Qt::EditRole)); // a text stays text
    QCOMPARE(set.last()[1].toJsonValue(), QJsonValue(u"12"_s));
    QVERIFY(!model.setData(model.index(3, JsonTreeModel::Value), u"twelve"_s, Qt::EditRole)); // a number does not become nonsense
    QVERIFY(model.index(3, 0).data(JsonTreeModel::StatusRole).toString().contains(u"twelve"));
    QVERIFY(model.setData(model.index(3, JsonTreeModel::Type), int(QJsonValue::String), Qt::EditRole));
    QCOMPARE(set.last()[1].toJsonValue(), QJsonValue(u"12"_s));
    model.removeAt(model.index(1, 0, cart));
    QCOMPARE(set.last()[1].toJsonValue().toArray().size(), 1);
    model.removeAt(model.index(2, 0));
    QCOMPARE(removed.last()[0].toString(), u"theme"_s);
    QCOMPARE(model.attributes(), sampleData().toJson()); // nothing changed by itself
}

void InspectorModels::treeKeepsWhatIsOpenWhenValuesChange()
{
    JsonTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setAttributes(sampleData());
    model.fetchMore(model.index(0, 0));
    const QPersistentModelIndex second(model.index(1, 0, model.index(0, 0)));
    SessionData data = sampleData();
    data.insert(u"added"_s, true);
    data.remove("theme");
    data.insert(u"cart"_s, QJsonArray{QJsonObject{{u"sku"_s, u"A-1"_s}, {u"count"_s, 9}}, QJsonObject{{u"sku"_s, u"C-3"_s}}, 7});
    model.setAttributes(data);
    QCOMPARE(model.attributes(), data.toJson());
    QVERIFY(second.isValid());
    QCOMPARE(second.data(JsonTreeModel::JsonRole).toJsonValue()[u"sku"_s].toString(), u"C-3"_s);
    QCOMPARE(model.index(0, 0).data().toString(), u"added"_s);
    model.setAttributes({});
    QCOMPARE(model.rowCount(), 0);
}

void InspectorModels::treeStaysQuickWithLargeValues()
{
    QJsonArray items;
    for (int i = 0; i < 20'000; ++i)
        items << i;
    SessionData data;
    data.insert(u"items"_s, items);
    JsonTreeModel model;
    model.setAttributes(data);
    QElapsedTimer timer;
    timer.start();
    model.fetchMore(model.index(0, 0));
    QVERIFY(model.rowCount(model.index(0, 0)) < 20'000);
    QVERIFY(model.canFetchMore(model.index(0, 0)));
    QVERIFY(timer.elapsed() < 200);
}

namespace {
struct Bench
{
    explicit Bench(int sessions) : store(std::make_shared<FakeStore>(sessions))
    {
        open = std::make_unique<OpenStore>(Connection::forUrl(u"memory:"_s), store, false);
        editor = std::make_unique<StoreEditor>(open.get(), &log);
    }
    SessionRecord record(const SessionKey &key) { return store->inner.load(key).takeResult().value(); }
    void set(const SessionKey &key, const char *name, const char *json)
    {
        SessionChange change;
        change.set(name, json);
        editor->apply(QString::fromLatin1(name), Edit::changing(record(key), change));
    }
    QByteArray value(const SessionKey &key, const char *name) { return record(key).data.json(name).toByteArray(); }

    ActivityLog log;
    std::shared_ptr<FakeStore> store;
    std::unique_ptr<OpenStore> open;
    std::unique_ptr<StoreEditor> editor;
};
} // namespace

void InspectorModels::undoRestoresAndRedoRepeats()
{
    Bench bench(3);
    bench.store->delay = 3;
    QAbstractItemModelTester tester(&bench.log, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const SessionKey key = bench.store->keys[0];
    const SessionRecord before = bench.record(key);
    bench.set(key, "fresh", "1");
    QTRY_COMPARE(bench.editor->stack().count(), 1);
    QCOMPARE(bench.value(key, "fresh"), "1");
    QTRY_VERIFY(!bench.editor->isBusy());
    bench.editor->undo();
    QTRY_VERIFY(!bench.editor->stack().canUndo());
    QCOMPARE(bench.record(key).data, before.data);
    QTRY_VERIFY(!bench.editor->isBusy());
    bench.editor->redo();
    QTRY_VERIFY(bench.editor->stack().canUndo());
    QCOMPARE(bench.value(key, "fresh"), "1");
    QCOMPARE(bench.log.rowCount(), 3);
}

void InspectorModels::undoAfterAForeignChangeIsAConflict()
{
    Bench bench(1);
    const SessionKey key = bench.store->keys[0];
    bench.set(key, "visits", "5");
    SessionChange foreign;
    foreign.set("visits", "6");
    QVERIFY(bench.store->inner.update(key, foreign).takeResult());
    QSignalSpy conflict(bench.editor.get(), &StoreEditor::conflict);
    bench.editor->undo();
    QCOMPARE(conflict.count(), 1);
    QCOMPARE(bench.value(key, "visits"), "6");
    QVERIFY(bench.editor->stack().canUndo()); // it may be tried again
}

void InspectorModels::chainsOfUndoSurviveVersionNumbers()
{
    Bench bench(1);
    const SessionKey key = bench.store->keys[0];
    const SessionData original = bench.record(key).data;
    bench.set(key, "a", "1");
    bench.set(key, "b", "2");
    bench.set(key, "a", "3");
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 3; ++i)
            bench.editor->undo();
        QCOMPARE(bench.record(key).data, original);
        for (int i = 0; i < 3; ++i)
            bench.editor->redo();
        QCOMPARE(bench.value(key, "a"), "3");
        QCOMPARE(bench.value(key, "b"), "2");
    }
}

void InspectorModels::deletedSessionComesBack()
{
    Bench bench(2);
    const SessionRecord before = bench.record(bench.store->keys[0]);
    bench.editor->apply(u"Delete"_s, Edit::removing(before));
    QCOMPARE(*bench.store->inner.count().takeResult(), 1);
    bench.editor->undo();
    const SessionRecord after = bench.record(before.key);
    QCOMPARE(after.data, before.data);
    QCOMPARE(after.user, before.user);
    QCOMPARE(after.expiresAt, before.expiresAt);
    bench.editor->redo();
    QCOMPARE(*bench.store->inner.count().takeResult(), 1);
}

void InspectorModels::expiredSessionComesBack()
{
    Bench bench(2);
    const SessionRecord before = bench.record(bench.store->keys[1]);
    SessionChange change;
    change.expiry = std::optional(Expiry::atDateTime(toDateTime(bench.store->now())));
    bench.editor->apply(u"Expire"_s, Edit::changing(before, change));
    QCOMPARE(*bench.store->inner.count().takeResult(), 1);
    bench.editor->undo();
    QCOMPARE(bench.record(before.key).expiresAt, before.expiresAt);
}

void InspectorModels::bulkJobStopsRetriesAndUndoes()
{
    Bench bench(60);
    bench.store->delay = 2;
    bench.store->broken = {bench.store->keys[5], bench.store->keys[50]};
    QList<Edit> edits;
    for (const SessionKey &key : std::as_const(bench.store->keys))
        edits << Edit::removing(bench.record(key));
    BulkJob *job = bench.editor->applyAll(u"Delete 60 sessions"_s, edits.size(), [edits](qsizetype i) { return edits.at(i); });
    QTRY_VERIFY(job->done() >= 10);
    job->stop();
    QTRY_VERIFY(!job->isRunning());
    QVERIFY(job->wasStopped());
    QVERIFY(job->left() > 0);
    QCOMPARE(int(*bench.store->inner.count().takeResult()), 60 - job->done());

    job->retry();
    QTRY_VERIFY(!job->isRunning());
    QCOMPARE(job->failures().size(), 2);
    QCOMPARE(*bench.store->inner.count().takeResult(), 2);
    bench.store->broken.clear();
    job->retry();
    QTRY_VERIFY(!job->isRunning());
    QVERIFY(job->failures().isEmpty());
    QCOMPARE(*bench.store->inner.count().takeResult(), 0);

    while (bench.editor->stack().canUndo()) {
        const int index = bench.editor->stack().index();
        bench.editor->undo();
        QTRY_COMPARE(bench.editor->stack().index(), index - 1);
        QTRY_VERIFY(!bench.editor->isBusy());
    }
    QCOMPARE(*bench.store->inner.count().takeResult(), 60);
}

void InspectorModels::statisticsCountEverything()
{
    auto store = makeStore(1300);
    store->delay = 2;
    StoreStatistics statistics(store);
    statistics.start();
    QTRY_VERIFY(statistics.findings().finished);
    QCOMPARE(statistics.findings().sessions, 1300);
    QCOMPARE(statistics.findings().deadlines.size(), 1300);
    QCOMPARE(statistics.findings().largest.size(), StoreStatistics::Top);
    QVERIFY(statistics.findings().largest.first().size >= statistics.findings().largest.last().size);
    QCOMPARE(statistics.findings().attributes.first().name, u"notes"_s);
}

void InspectorModels::rankingsAreExact()
{
    QRandomGenerator random(11);
    QHash<QString, qint64> amounts;
    Ranking ranking(10);
    for (int i = 0; i < 5000; ++i) {
        const QString name = QString::number(random.bounded(random.bounded(1, 300)));
        const qint64 amount = random.bounded(1, 50);
        amounts[name] += amount;
        ranking.add(name, amount);
    }
    QList<qint64> expected = amounts.values();
    std::ranges::sort(expected, std::ranges::greater());
    QCOMPARE(ranking.top().size(), 10);
    for (int i = 0; i < 10; ++i) {
        QCOMPARE(ranking.top()[i].amount, expected[i]);
        QCOMPARE(amounts.value(ranking.top()[i].name), expected[i]);
    }
}

QTEST_MAIN(InspectorModels)
#include "tst_inspectormodels.moc"
