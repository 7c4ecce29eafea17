// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "overview/dashboard.h"
#include "overview/histogram.h"
#include "overview/overview.h"

#include <QtWidgets/QDockWidget>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolTip>
#include <QtWidgets/QTreeWidget>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What is in a store, at a glance.
class InspectorOverview : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void keysOnAnEmptyChartDoNothing();
    void storeIsCountedOnceAndSaysWhen();
    void whatTheFilterShowsIsMarked();
    void chartsZoomTogether();
    void chartsZoomByKeys();
    void zoomedTableHasWhatIsShown();
    void chartsAreReadWithoutTheMouse();

private:
    Overview *overview() const { return m_window->findChild<Overview *>(); }
    bool isSaid(const QString &text) const
    {
        return std::ranges::any_of(overview()->findChildren<QLabel *>(),
                                   [&text](QLabel *label) { return label->text().contains(text); });
    }
    /// A dashboard of five minutes, and its first chart.
    Histogram *showTrends();
    static std::chrono::milliseconds spanOf(const Histogram *chart) { return chart->until() - chart->from(); }
    std::shared_ptr<OpenStore> m_open;
    std::shared_ptr<Trends> m_trends;
    std::unique_ptr<Dashboard> m_dashboard;
    TimePoint m_now;
    void showOverview() { qobject_cast<QDockWidget *>(overview()->parentWidget())->show(); }
};

void InspectorOverview::storeIsCountedOnceAndSaysWhen()
{
    openTab(900);
    showOverview();
    QTRY_VERIFY(isSaid(u"900"_s) && isSaid(u"as of "_s));
    Connection connection = Connection::forUrl(u"memory:"_s);
    connection.name = u"second"_s;
    StoreTab *second = m_window->addTab(connection, std::make_shared<FakeStore>(5), false);
    QTRY_COMPARE(second->model().rowCount(), 5);
    QTRY_VERIFY(!isSaid(u"900"_s) && isSaid(u"as of "_s));
    const int before = m_store->lists;
    m_window->findChild<QTabWidget *>(u"storeTabs"_s)->setCurrentIndex(0);
    QVERIFY(isSaid(u"900"_s) && isSaid(u"as of "_s));
    QTest::qWait(100);
    QVERIFY(m_store->lists <= before + 1);
}

void InspectorOverview::whatTheFilterShowsIsMarked()
{
    StoreTab *tab = openTab(60);
    showOverview();
    QTRY_VERIFY(isSaid(u"as of "_s));
    auto *users = overview()->findChildren<QTreeWidget *>().first();
    QTRY_VERIFY(users->topLevelItemCount() > 1);
    const QString user = users->topLevelItem(1)->text(0);
    SessionFilter filter;
    filter.user = user;
    tab->setFilter(filter);
    QTRY_VERIFY(users->currentItem() && users->currentItem()->text(0) == user);

    // Counted again it stands in another row, and is marked there.
    const QString first = users->topLevelItem(0)->text(0);
    for (const SessionKey &key : std::as_const(m_store->keys)) {
        if (m_store->inner.load(key).takeResult()->user == first)
            QVERIFY(m_store->inner.remove(key, SessionStore::Removal::Admin).takeResult());
    }
    overview()->start();
    QTRY_COMPARE(users->topLevelItem(0)->text(0), user);
    QCOMPARE(users->currentItem()->text(0), user);
    tab->clearFilter();
    QTRY_VERIFY(!users->currentItem());
}

void InspectorOverview::keysOnAnEmptyChartDoNothing()
{
    Histogram chart(u"none"_s, true);
    for (const Qt::Key key :
         {Qt::Key_Left, Qt::Key_Right, Qt::Key_Home, Qt::Key_End, Qt::Key_Return, Qt::Key_Space, Qt::Key_Left})
        QTest::keyClick(&chart, key);
}

Histogram *InspectorOverview::showTrends()
{
    m_dashboard.reset();
    m_trends.reset();
    m_open.reset();
    m_store = std::make_shared<FakeStore>(0);
    m_now = systemNow();
    m_store->setClock([this] { return m_now; });
    m_open = std::make_shared<OpenStore>(Connection::forUrl(u"memory:"_s), m_store, false);
    m_trends = std::make_shared<Trends>(m_open.get());
    [&] { QTRY_COMPARE(m_open->state(), OpenStore::State::Connected); }();
    for (int i = 0; i < 150; ++i) {
        m_now += Trends::Step;
        if (i % 10 == 0)
            fillWithSamples(m_store->inner, 1);
        m_trends->sample();
    }
    m_dashboard = std::make_unique<Dashboard>();
    m_dashboard->resize(1200, 300);
    m_dashboard->setTrends(m_trends);
    m_dashboard->show();
    QCoreApplication::processEvents();
    return m_dashboard->findChildren<Histogram *>().first();
}

void InspectorOverview::chartsZoomTogether()
{
    Histogram *chart = showTrends();
    const auto charts = m_dashboard->findChildren<Histogram *>();
    auto *whole = m_dashboard->findChild<QPushButton *>(u"wholeTrends"_s);
    QVERIFY(whole && whole->isHidden());
    QCOMPARE(spanOf(chart), 300s);
    const TimePoint begin = chart->from(), end = chart->until();

    // A drag from a quarter to half of the width.
    const QRectF area = chart->plot();
    const auto at = [&](double part) { return QPoint(int(area.left() + area.width() * part), int(area.center().y())); };
    QTest::mousePress(chart, Qt::LeftButton, {}, at(0.25));
    QTest::mouseMove(chart, at(0.4));
    QMouseEvent move(QEvent::MouseMove, at(0.5), chart->mapToGlobal(at(0.5)), Qt::NoButton, Qt::LeftButton, {});
    QCoreApplication::sendEvent(chart, &move);
    QTest::mouseRelease(chart, Qt::LeftButton, {}, at(0.5));
    for (const Histogram *other : charts) {
        QVERIFY(std::chrono::abs(other->from() - (begin + 75s)) < 3s);
        QVERIFY(std::chrono::abs(spanOf(other) - 75s) < 5s);
    }
    QVERIFY(!whole->isHidden());

    // What was chosen stays, whatever comes.
    const TimePoint from = chart->from();
    m_now += Trends::Step;
    m_trends->sample();
    QCOMPARE(chart->from(), from);

    QTest::mouseDClick(chart, Qt::LeftButton, {}, at(0.5));
    QCOMPARE(spanOf(chart), 300s);
    QVERIFY(whole->isHidden());
    QCOMPARE(chart->until(), end + Trends::Step);

    // The wheel keeps what is under the mouse where it is.
    const auto turn = [&](int notches, Qt::KeyboardModifiers modifiers = {}) {
        QWheelEvent wheel(at(0.25), chart->mapToGlobal(at(0.25)), {}, QPoint(0, notches * 120), Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(chart, &wheel);
    };
    const TimePoint under = chart->timeAt(at(0.25).x());
    turn(3);
    QVERIFY(spanOf(chart) < 170s);
    QVERIFY(std::chrono::abs(chart->timeAt(at(0.25).x()) - under) < 6s);
    const TimePoint before = chart->from();
    turn(2, Qt::ShiftModifier);
    QVERIFY(chart->from() < before);
    turn(-30);
    QCOMPARE(spanOf(chart), 300s);
    turn(100); // no further than what has samples in it
    QVERIFY(spanOf(chart) >= 8s);
    whole->click();
    QCOMPARE(spanOf(chart), 300s);

    // A click is no drag.
    QTest::mouseClick(chart, Qt::LeftButton, {}, at(0.5));
    QCOMPARE(spanOf(chart), 300s);
}

void InspectorOverview::chartsZoomByKeys()
{
    Histogram *chart = showTrends();
    QTest::keyClick(chart, Qt::Key_Plus);
    QVERIFY(std::chrono::abs(spanOf(chart) - 150s) < 5s);
    const TimePoint from = chart->from();
    QTest::keyClick(chart, Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(chart->from() > from + 20s);
    QTest::keyClick(chart, Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY(std::chrono::abs(chart->from() - from) < 3s);
    QTest::keyClick(chart, Qt::Key_End); // a bar, around which it goes on
    const TimePoint last = chart->currentTime();
    QTest::keyClick(chart, Qt::Key_Plus);
    QVERIFY(chart->from() <= last && chart->until() >= last);
    QTest::keyClick(chart, Qt::Key_Minus);
    QTest::keyClick(chart, Qt::Key_Minus);
    QTest::keyClick(chart, Qt::Key_Minus);
    QCOMPARE(spanOf(chart), 300s);
    QTest::keyClick(chart, Qt::Key_Plus);
    QTest::keyClick(chart, Qt::Key_0);
    QCOMPARE(spanOf(chart), 300s);
}

void InspectorOverview::zoomedTableHasWhatIsShown()
{
    Histogram *chart = showTrends();
    const auto lines = [&] {
        QTemporaryDir folder;
        const QString name = folder.filePath(u"trends.csv"_s);
        QFile file(name);
        return m_dashboard->save(name).isEmpty() && file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().count('\n') : -1;
    };
    QCOMPARE(lines(), 150);
    QTest::keyClick(chart, Qt::Key_Plus);
    QVERIFY(lines() > 60 && lines() < 90);
}

void InspectorOverview::chartsAreReadWithoutTheMouse()
{
    Histogram *chart = showTrends();
    QVERIFY(chart->plot().left() > chart->fontMetrics().horizontalAdvance(u"15"_s)); // beside a scale
    QHelpEvent help(QEvent::ToolTip, chart->plot().center().toPoint(), chart->mapToGlobal(chart->plot().center().toPoint()));
    QCoreApplication::sendEvent(chart, &help);
    QVERIFY(QToolTip::text().startsWith(u"Sessions\n"_s) && QToolTip::text().contains(u" to "_s));
    QToolTip::hideText();
    m_dashboard.reset();
    m_trends.reset();
    m_open.reset();
}

QTEST_MAIN(InspectorOverview)
#include "tst_inspectoroverview.moc"
