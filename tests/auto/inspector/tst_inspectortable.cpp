// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "edit/expirydialog.h"
#include "look/format.h"
#include "session/detailpanel.h"
#include "table/sessionview.h"

#include <Sojourn/Snapshot>

#include <QtGui/QClipboard>
#include <QtGui/QStandardItemModel>
#include <QtWidgets/QDateTimeEdit>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QSpinBox>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The table and the window around it say what is so.
class InspectorTable : public WindowTest
{
    Q_OBJECT
public:
    static void initMain()
    {
        qputenv("TZ", "Europe/Berlin");
        WindowTest::initMain();
    }

private Q_SLOTS:
    void searchFindsWhatPeopleRead_data();
    void searchFindsWhatPeopleRead();
    void stoppedSearchSaysThatItIsUnfinished();
    void sessionsThatEndSoonComeAndGoWithTime();
    void typedLetterLooksAtLoadedRowsOnly();
    void whoWasJustHereComesFirst();
    void anotherFilterLeavesNoSelectionOutOfSight();
    void panelShowsWhatIsSelected();
    void selectedRowsOutOfSightAreCounted();
    void wholeKeysAreCopied();
    void cookieIsFoundWithoutLosingTheFilter();
    void cookieThatWasNeverIssuedIsNotCalledEnded();
    void rowUnderTheMouseStays();
    void headersTellWhatSorts();
    void largestSessionsComeFirst();
    void ofMoreSessionsThanAreKeptTheLargestAreThere();
    void attributeColumnSortsNumbersAsNumbers();
    void factsOfTheVisitAreColumnsWithoutData();
    void columnsOfAnEarlierVersionComeBack();
    void timesHaveDateAndZone();
    void deadlineHasTheZoneOfItsOwnMoment();
    void absoluteEndIsToldOfWhatMayReachItOnly();
    void expiryBeginsWithWhatTheSessionHas();
    void whatNobodySeesIsBounded();
    void importIsNotCutOffWithoutAWord();

private:
    SessionKey add(const QString &user, std::chrono::milliseconds lifetime = 1h);
    void giveCookie(StoreTab &tab, const SessionId &id);
    [[nodiscard]] QString message() const;
};

SessionKey InspectorTable::add(const QString &user, std::chrono::milliseconds lifetime)
{
    SessionRecord record = sampleSession(4, m_store->now());
    record.user = user;
    record.absoluteExpiresAt.reset();
    record.expiresAt = m_store->now() + lifetime;
    [&] { QVERIFY(m_store->inner.create(record).takeResult()); }();
    return record.key;
}

void InspectorTable::searchFindsWhatPeopleRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("found");
    QTest::newRow("backslash") << uR"(C:\Users)"_s << true;
    QTest::newRow("quotation marks") << uR"("x")"_s << true;
    QTest::newRow("other letters") << u"ÉTÉ"_s << true;
    QTest::newRow("escaped as in the JSON") << uR"(C:\\Users)"_s << true;
    QTest::newRow("name") << u"path"_s << true;
    QTest::newRow("line break") << u"one\ntwo"_s << true;
    QTest::newRow("not there") << uR"(D:\Users)"_s << false;
}

void InspectorTable::searchFindsWhatPeopleRead()
{
    QFETCH(const QString, text);
    QFETCH(const bool, found);
    m_store = std::make_shared<FakeStore>(3);
    const SessionKey key = add(u"ann"_s);
    SessionChange change;
    change.set("path", R"("C:\\Users\\ann says \"x\" in \u00e9t\u00e9, one\ntwo")");
    QVERIFY(m_store->inner.update(key, change).takeResult());
    SessionModel model(m_store);
    SessionFilter filter;
    filter.text = text;
    model.setFilter(filter);
    QTRY_VERIFY(!model.isSearching());
    QCOMPARE(model.rowOf(key) >= 0, found);
    QVERIFY(!model.isSearchUnfinished());
}

void InspectorTable::stoppedSearchSaysThatItIsUnfinished()
{
    StoreTab *tab = openTab(300, Connection::Development, u"shop"_s, 20);
    m_store->longestPage = 20;
    SessionFilter filter;
    filter.text = u"theme"_s;
    tab->setFilter(filter);
    QTRY_VERIFY(tab->model().rowCount() > 0);
    tab->model().stopSearch();
    QVERIFY(tab->model().isSearchUnfinished());
    QVERIFY(tab->countText().contains(u"not finished"));
    tab->clearFilter();
    QVERIFY(!tab->model().isSearchUnfinished());
}

void InspectorTable::sessionsThatEndSoonComeAndGoWithTime()
{
    TimePoint now = systemNow();
    m_store = std::make_shared<FakeStore>();
    m_store->setClock([&now] { return now; });
    const SessionKey soon = add(u"ann"_s, 2min), used = add(u"bob"_s, 3min), later = add(u"carla"_s, 6min);
    SessionModel model(m_store);
    SessionFilter filter;
    filter.state = SessionFilter::EndsSoon;
    model.setFilter(filter);
    QTRY_VERIFY(model.rowOf(soon) >= 0 && model.rowOf(used) >= 0 && model.rowOf(later) < 0);
    SessionChange change;
    change.expiry = std::optional(Expiry::atDateTime(toDateTime(now + 30min)));
    QVERIFY(m_store->inner.update(used, change).takeResult());
    now += 90s;
    QTRY_VERIFY(model.rowOf(later) >= 0);
    QTRY_VERIFY(model.rowOf(used) < 0);
    QVERIFY(model.rowOf(soon) >= 0);
    QVERIFY(!model.isSearchUnfinished());
}

void InspectorTable::typedLetterLooksAtLoadedRowsOnly()
{
    FakeStore *store = new FakeStore(3000);
    m_store.reset(store);
    SessionModel model(m_store);
    QTRY_COMPARE(model.rowCount(), 3000);
    const int lists = store->lists;
    const int wanted = 150;
    QTRY_VERIFY(model.row(wanted));
    const QString key = model.row(wanted)->info.key.toString();
    const auto match = [&](const QString &text) {
        return model.match(model.index(0, SessionModel::Key), Qt::DisplayRole, text, 1, Qt::MatchStartsWith | Qt::MatchWrap);
    };
    QCOMPARE(match(key.left(8)), QModelIndexList{model.index(wanted, SessionModel::Key)});
    QCOMPARE(match(u"no such key"_s), QModelIndexList());
    QCOMPARE(store->lists, lists);
}

void InspectorTable::whoWasJustHereComesFirst()
{
    StoreTab *tab = openTab(50);
    QCOMPARE(tab->model().sortColumn(), int(SessionModel::LastSeen));
    for (int row = 1; row < 50; ++row)
        QVERIFY(tab->model().row(row - 1)->info.lastSeenAt >= tab->model().row(row)->info.lastSeenAt);
}

void InspectorTable::anotherFilterLeavesNoSelectionOutOfSight()
{
    StoreTab *tab = openTab(30);
    const SessionKey ann = add(u"ann"_s), bob = add(u"bob"_s);
    QTRY_VERIFY(tab->model().rowOf(ann) >= 0 && tab->model().rowOf(bob) >= 0);
    tab->view().selectRow(tab->model().rowOf(ann));
    QCOMPARE(tab->view().selectedKeys(), QList{ann});
    SessionFilter filter;
    filter.user = u"ann"_s;
    tab->setFilter(filter);
    QTRY_COMPARE(tab->view().selectedKeys(), QList{ann}); // it is still there to be seen
    QCOMPARE(tab->view().currentKey(), std::optional(ann));
    filter.user = u"bob"_s;
    tab->setFilter(filter);
    QTRY_VERIFY(tab->model().rowOf(bob) >= 0);
    QVERIFY(tab->view().selectedKeys().isEmpty());
    QVERIFY(!tab->view().currentKey());
    QVERIFY(!action(u"rotate"_s)->isEnabled());
    tab->clearFilter();
    QTRY_VERIFY(tab->model().rowOf(ann) >= 0);
    QVERIFY(tab->view().selectedKeys().isEmpty());
}

void InspectorTable::panelShowsWhatIsSelected()
{
    StoreTab *tab = openTab(10);
    const auto click = [&](int row, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseClick(tab->view().viewport(), Qt::LeftButton, modifiers,
                          tab->view().visualRect(tab->model().index(row, 0)).center());
    };
    click(1);
    click(3, Qt::ControlModifier);
    click(3, Qt::ControlModifier);
    QCOMPARE(tab->view().selectedKeys(), QList{tab->model().row(1)->info.key});
    QCOMPARE(tab->view().currentKey(), std::optional(tab->model().row(1)->info.key));
}

void InspectorTable::selectedRowsOutOfSightAreCounted()
{
    StoreTab *tab = openTab(200);
    QVERIFY(!tab->countText().contains(u"selected"));
    tab->view().selectRow(0);
    QVERIFY(tab->countText().contains(u"1 selected"));
    QVERIFY(!tab->countText().contains(u"out of sight"));
    tab->view().scrollToBottom();
    QTRY_VERIFY(tab->countText().contains(u"1 of them out of sight"));
}

void InspectorTable::wholeKeysAreCopied()
{
    StoreTab *tab = openTab(10);
    tab->view().selectRow(2);
    QTest::keyClick(&tab->view(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), tab->model().row(2)->info.key.toString());
    tab->view().selectAll();
    action(u"copyKey"_s)->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text().split(u'\n').size(), 10);
    QVERIFY(!QGuiApplication::clipboard()->text().contains(u'…'));
}

void InspectorTable::giveCookie(StoreTab &tab, const SessionId &id)
{
    tab.findByCookie();
    auto *ask = dialog<QInputDialog>();
    QVERIFY(ask);
    ask->setTextValue(QString::fromLatin1(id.toCookieValue()));
    ask->accept();
}

QString InspectorTable::message() const
{
    const auto *label = m_window->currentTab()->findChild<QLabel *>(u"message"_s);
    return label && label->isVisible() ? label->text() : QString();
}

void InspectorTable::cookieIsFoundWithoutLosingTheFilter()
{
    StoreTab *tab = openTab(10);
    SessionFilter filter;
    filter.user = u"nobody"_s;
    tab->setFilter(filter);
    const SessionId id = SessionId::generate();
    SessionRecord record = sampleSession(4, m_store->now());
    record.key = id.key();
    QVERIFY(m_store->inner.create(record).takeResult());
    giveCookie(*tab, id);
    QTRY_COMPARE(tab->view().currentKey(), std::optional(record.key));
    QVERIFY(tab->model().filter() == filter);
    QTRY_VERIFY(message().contains(u"filter"));
}

void InspectorTable::cookieThatWasNeverIssuedIsNotCalledEnded()
{
    StoreTab *tab = openTab(10);
    giveCookie(*tab, SessionId::generate());
    QTRY_VERIFY(message().contains(u"did not issue"));
    QVERIFY(!tab->view().currentKey());
    QVERIFY(tab->model().filter().isEmpty());
    const SessionId id = SessionId::generate();
    SessionRecord record = sampleSession(4, m_store->now());
    record.key = id.key();
    QVERIFY(m_store->inner.create(record).takeResult());
    QVERIFY(m_store->inner.remove(record.key, SessionStore::Removal::Destroyed).takeResult());
    giveCookie(*tab, id);
    QTRY_COMPARE(tab->view().currentKey(), std::optional(record.key));
    QTRY_VERIFY(message().contains(u"time line"));
}

void InspectorTable::rowUnderTheMouseStays()
{
    StoreTab *tab = openTab(100);
    TimePoint now = systemNow();
    m_store->setClock([&now] { return now; });
    SessionView &view = tab->view();
    const QPoint at = view.visualRect(tab->model().index(6, 0)).center();
    const SessionKey key = tab->model().row(6)->info.key;
    const auto underMouse = [&] { return tab->model().row(view.rowAt(at.y()))->info.key; };
    QTest::mouseMove(view.viewport(), at);
    // A new session comes to the top, and one above goes.
    const SessionKey fresh = add(u"ann"_s);
    QTRY_VERIFY(tab->model().rowOf(fresh) >= 0);
    QCOMPARE(underMouse(), key);
    QVERIFY(m_store->inner.remove(tab->model().row(3)->info.key, SessionStore::Removal::Destroyed).takeResult());
    QTRY_COMPARE(tab->model().rows().ghosts().size(), 1u);
    QTest::mouseMove(view.viewport(), at + QPoint(1, 1));
    now += SessionModel::GhostTime + 1s;
    QTest::qWait(1200); // a tick
    QCOMPARE(underMouse(), key);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(view.viewport(), &leave);
    QTRY_COMPARE(tab->model().rows().ghosts().size(), 0u);
}

void InspectorTable::headersTellWhatSorts()
{
    StoreTab *tab = openTab(5);
    for (int column = 0; column < SessionModel::ColumnCount; ++column) {
        const QString tip = tab->model().headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString();
        QCOMPARE(tip.contains(u"cannot sort"), !SessionModel::canSort(column));
        QCOMPARE(tab->model().headerData(column, Qt::Horizontal, Qt::ForegroundRole).isValid(), !SessionModel::canSort(column));
    }
}

void InspectorTable::largestSessionsComeFirst()
{
    StoreTab *tab = openTab(300);
    m_store->delay = 0;
    SessionModel &model = tab->model();
    model.sort(SessionModel::Size, Qt::DescendingOrder);
    QTRY_COMPARE(model.rowCount(), 300);
    QTRY_VERIFY(!model.isSearching() && !model.isSearchUnfinished());
    for (int row = 1; row < 300; ++row)
        QVERIFY(model.row(row - 1)->info.size >= model.row(row)->info.size);
    QCOMPARE(model.total(), 300);
    const auto states = tab->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(states, [](QLabel *label) {
        return label->text() == u"Sorted by Size: the first 300 of 300 looked at, of 300 in all" && !label->isHidden();
    }));
    // A new one comes where it belongs.
    SessionRecord record = sampleSession(1, m_store->now());
    record.data.insert(u"blob"_s, QString(100'000, u'x'));
    record.updateCounts();
    QVERIFY(m_store->inner.create(record).takeResult());
    QTRY_COMPARE(model.row(0)->info.key, record.key);
    // Back to what the store sorts: any row can be reached again.
    model.sort(SessionModel::Created, Qt::DescendingOrder);
    QTRY_COMPARE(model.rowCount(), 301);
    QVERIFY(!model.isSortedHere());
}

void InspectorTable::ofMoreSessionsThanAreKeptTheLargestAreThere()
{
    StoreTab *tab = openTab(0);
    m_store->delay = 0;
    const int count = SessionRows::SortedLimit + 300;
    SessionModel &model = tab->model();
    model.sort(SessionModel::Size, Qt::DescendingOrder);
    m_store->isMute = true;
    for (int i = 0; i < count; ++i) {
        SessionRecord record = sampleSession(1, m_store->now());
        record.user.clear();
        record.data = SessionData::fromJson({{u"n"_s, QString((i * 7919) % count, u'x')}});
        record.updateCounts();
        QVERIFY(m_store->inner.create(record).takeResult());
    }
    model.refresh();
    QTRY_COMPARE(model.searched(), count);
    QTRY_COMPARE(model.rowCount(), SessionRows::SortedLimit);
    qsizetype largest = model.row(0)->info.size;
    QCOMPARE(model.row(SessionRows::SortedLimit - 1)->info.size, largest - (SessionRows::SortedLimit - 1));
    QTRY_COMPARE(model.total(), count);
}

void InspectorTable::attributeColumnSortsNumbersAsNumbers()
{
    StoreTab *tab = openTab(0);
    m_store->delay = 0;
    for (const QJsonValue &value : {QJsonValue(9), QJsonValue(10), QJsonValue(u"a"_s), QJsonValue(-1)}) {
        SessionRecord record = sampleSession(1, m_store->now());
        record.data = SessionData::fromJson({{u"n"_s, value}});
        record.updateCounts();
        QVERIFY(m_store->inner.create(record).takeResult());
    }
    SessionModel &model = tab->model();
    QTRY_COMPARE(model.rowCount(), 4);
    model.addAttributeColumns({u"n"_s});
    model.sort(SessionModel::ColumnCount, Qt::AscendingOrder);
    QTRY_COMPARE(model.rowCount(), 4);
    QStringList shown;
    for (int row = 0; row < 4; ++row)
        shown << model.index(row, SessionModel::ColumnCount).data().toString();
    QCOMPARE(shown, (QStringList{u"-1"_s, u"9"_s, u"10"_s, u"a"_s}));
    model.removeAttributeColumn(u"n"_s); // and its order with it
    QCOMPARE(model.sortColumn(), int(SessionModel::LastSeen));
}

void InspectorTable::factsOfTheVisitAreColumnsWithoutData()
{
    StoreTab *tab = openTab(0);
    m_store->delay = 0;
    QList<SessionKey> keys;
    for (const QString &address : {u"192.0.2.7"_s, u"2001:db8::1"_s, u"10.0.0.1"_s}) {
        SessionRecord record = sampleSession(1, m_store->now());
        record.visit = VisitFacts{.address = address,
                                  .userAgent = u"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"_s,
                                  .label = u"<b>laptop</b> of "_s + address}
                           .toText();
        QVERIFY(m_store->inner.create(record).takeResult());
        keys << record.key;
    }
    SessionModel &model = tab->model();
    QTRY_COMPARE(model.rowCount(), 3);
    QVERIFY(tab->view().isColumnHidden(SessionModel::Address));
    QMenu menu;
    tab->view().fillColumnMenu(&menu);
    menu.actions().at(SessionModel::Address - 1)->trigger();
    QVERIFY(!tab->view().isColumnHidden(SessionModel::Address));
    QVERIFY(!model.query().withData);

    const int row = model.rowOf(keys[0]);
    QCOMPARE(model.index(row, SessionModel::Address).data().toString(), u"192.0.2.7"_s);
    QCOMPARE(model.index(row, SessionModel::Device).data().toString(), u"<b>laptop</b> of 192.0.2.7"_s);
    QVERIFY(!Qt::mightBeRichText(model.index(row, SessionModel::Device).data(Qt::ToolTipRole).toString())
            || model.index(row, SessionModel::Device).data(Qt::ToolTipRole).toString().contains(u"&lt;b&gt;"));
    QCOMPARE(model.index(row, SessionModel::Browser).data().toString(), u"Firefox 140, Linux"_s);
    QVERIFY(model.index(row, SessionModel::Browser).data(Qt::ToolTipRole).toString().contains(u"Gecko/20100101"_s));

    model.sort(SessionModel::Address, Qt::AscendingOrder);
    QTRY_COMPARE(model.rowCount(), 3);
    QStringList shown;
    for (int i = 0; i < 3; ++i)
        shown << model.index(i, SessionModel::Address).data().toString();
    QCOMPARE(shown, (QStringList{u"10.0.0.1"_s, u"192.0.2.7"_s, u"2001:db8::1"_s}));

    SessionChange moved;
    VisitFacts facts;
    facts.address = u"198.51.100.1"_s;
    moved.visit = facts.toText();
    QVERIFY(m_store->inner.update(keys[0], moved).takeResult());
    QTRY_COMPARE(model.index(model.rowOf(keys[0]), SessionModel::Address).data().toString(), u"198.51.100.1"_s);
}

void InspectorTable::columnsOfAnEarlierVersionComeBack()
{
    StoreTab *tab = openTab(3);
    QTableView earlier;
    QStandardItemModel fewer(3, 11);
    earlier.setModel(&fewer);
    earlier.setColumnHidden(SessionModel::User, true);
    earlier.setColumnWidth(SessionModel::Key, 222);
    tab->view().restoreColumns(earlier.horizontalHeader()->saveState());
    QVERIFY(tab->view().isColumnHidden(SessionModel::User));
    QVERIFY(!tab->view().isColumnHidden(SessionModel::Flags));
    QCOMPARE(tab->view().columnWidth(SessionModel::Key), 222);
    for (const int column : {SessionModel::Device, SessionModel::Address, SessionModel::Browser})
        QVERIFY(tab->view().isColumnHidden(column));
    tab->view().setColumnHidden(SessionModel::Browser, false);
    const QByteArray now = tab->view().saveColumns();
    tab->view().setColumnHidden(SessionModel::Browser, true);
    tab->view().restoreColumns(now);
    QVERIFY(!tab->view().isColumnHidden(SessionModel::Browser) && tab->view().isColumnHidden(SessionModel::User));
    QCOMPARE(tab->view().horizontalHeader()->count(), int(SessionModel::ColumnCount));
}

void InspectorTable::timesHaveDateAndZone()
{
    StoreTab *tab = openTab(40);
    const QString zone = toDateTime(m_store->now()).toLocalTime().toString(u"t"_s);
    QVERIFY(!zone.isEmpty());
    for (int row = 0; row < 40; ++row) {
        for (int column = SessionModel::Created; column <= SessionModel::AbsoluteLeft; ++column) {
            const QModelIndex index = tab->model().index(row, column);
            if (index.data().toString().isEmpty())
                continue;
            const QString tip = index.data(Qt::ToolTipRole).toString();
            QVERIFY2(tip.startsWith(u"20") && tip.count(u'-') >= 2 && tip.contains(u':'), qPrintable(tip));
            QVERIFY2(tip.endsWith(zone), qPrintable(tip));
        }
    }
    QCOMPARE(m_window->findChild<QLabel *>(u"zone"_s)->text(), zone);
}

void InspectorTable::deadlineHasTheZoneOfItsOwnMoment()
{
    ExpiryDialog dialog({}, 3, systemNow());
    auto *deadline = dialog.findChild<QDateTimeEdit *>();
    auto *zone = dialog.findChild<QLabel *>(u"zone"_s);
    deadline->setDateTime(QDateTime(QDate(2030, 1, 15), QTime(12, 0)));
    QCOMPARE(zone->text(), u"CET"_s);
    deadline->setDateTime(QDateTime(QDate(2030, 7, 15), QTime(12, 0)));
    QCOMPARE(zone->text(), u"CEST"_s);
}

void InspectorTable::expiryBeginsWithWhatTheSessionHas()
{
    const TimePoint now = std::chrono::floor<std::chrono::seconds>(systemNow());
    SessionRecord record = sampleSession(1, now);
    record.expiresAt = now + 3h;
    for (const std::optional<Expiry> &policy :
         {std::optional<Expiry>(), std::optional(Expiry::onSessionEnd()), std::optional(Expiry::onInactivity(2h)),
          std::optional(Expiry::atDateTime(toDateTime(record.expiresAt)))}) {
        record.expiry = policy;
        QVERIFY(ExpiryDialog(record, 1, now).expiry() == policy);
    }
}

void InspectorTable::absoluteEndIsToldOfWhatMayReachItOnly()
{
    const TimePoint now = systemNow();
    SessionRecord record = sampleSession(1, now);
    record.expiry = Expiry::atDateTime(toDateTime(now + 1h));
    record.expiresAt = now + 1h;
    record.absoluteExpiresAt = now + 8h;
    ExpiryDialog dialog(record, 1, now);
    const auto tellsEnd = [&dialog] { return dialog.preview().contains(u"at the latest"_s); };
    auto *deadline = dialog.findChild<QDateTimeEdit *>();
    deadline->setDateTime(toDateTime(now + 7h).toLocalTime());
    QVERIFY(!tellsEnd());
    deadline->setDateTime(toDateTime(now + 9h).toLocalTime());
    QVERIFY(tellsEnd());
    deadline->setDateTime(toDateTime(now + 2h).toLocalTime());
    QVERIFY(!tellsEnd());
    dialog.findChild<QSpinBox *>()->setValue(7); // minutes without a request
    QVERIFY(tellsEnd());
}

void InspectorTable::whatNobodySeesIsBounded()
{
    m_store = std::make_shared<FakeStore>(SessionModel::MostGhosts + 300);
    QVERIFY(m_store->subscribe().takeResult());
    SessionModel model(m_store);
    SessionFilter filter;
    filter.state = SessionFilter::Ended;
    model.setFilter(filter);
    QTRY_COMPARE(model.status(), SessionModel::Status::Ready);
    for (const SessionKey &key : std::as_const(m_store->keys))
        QVERIFY(m_store->inner.remove(key, SessionStore::Removal::Destroyed).takeResult());
    QTRY_COMPARE(model.rowCount(), SessionModel::MostGhosts);
    // Events that come while there is nothing to show them in.
    m_store->failure = Error{Error::Unavailable, u"The store does not answer."_s};
    model.setFilter({});
    QTRY_COMPARE(model.status(), SessionModel::Status::Failed);
    SessionEvent event;
    event.type = SessionEvent::Created;
    for (int i = 0; i < SessionModel::MostEvents + 5; ++i) {
        event.key = SessionId::generate().key();
        model.handleEvent(event);
    }
    QVERIFY(model.waitingEvents() <= SessionModel::MostEvents);
    m_store->failure.reset();
    const SessionKey key = add(u"ann"_s);
    model.refresh();
    QTRY_VERIFY(model.rowOf(key) >= 0);
}

void InspectorTable::importIsNotCutOffWithoutAWord()
{
    StoreTab *tab = openTab(3);
    QTemporaryDir folder;
    const QString file = folder.filePath(u"monday.json"_s);
    auto other = std::make_shared<MemoryStore>();
    fillWithSamples(*other, 3000);
    bool written = false;
    exportToFile(other, file).then(this, [&](const Result<ExportSummary> &result) { written = result.has_value(); });
    QTRY_VERIFY(written);
    action(u"importSnapshot"_s)->trigger();
    Q_EMIT dialog<QFileDialog>()->fileSelected(file);
    dialog<QFileDialog>()->close();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->findChild<QDialog *>(u"importPreview"_s), 30'000);
    m_store->delay = 60;
    button(m_window->findChild<QDialog *>(u"importPreview"_s), u"Import"_s)->click();
    QTest::qWait(100);
    const auto tabs = m_window->findChild<QTabWidget *>(u"storeTabs"_s);
    Q_EMIT tabs->tabCloseRequested(0);
    auto *box = m_window->findChild<QMessageBox *>(u"workUnderWay"_s);
    QVERIFY(box);
    QCOMPARE(m_window->currentTab(), tab);
    QVERIFY(box->text().contains(u"monday.json"));
    button(box, u"Stop"_s)->click();
    QTRY_VERIFY(!m_window->currentTab());
    QVERIFY(m_store->inner.count().takeResult().value() < 3003);
    QVERIFY(m_window->log().toText().contains("monday.json"));
}

QTEST_MAIN(InspectorTable)

#include "tst_inspectortable.moc"
