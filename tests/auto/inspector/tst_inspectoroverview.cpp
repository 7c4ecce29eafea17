// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "overview/overview.h"

#include <QtWidgets/QDockWidget>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTreeWidget>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;

/// What is in a store, at a glance.
class InspectorOverview : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void storeIsCountedOnceAndSaysWhen();
    void whatTheFilterShowsIsMarked();

private:
    Overview *overview() const { return m_window->findChild<Overview *>(); }
    bool isSaid(const QString &text) const
    {
        return std::ranges::any_of(overview()->findChildren<QLabel *>(),
                                   [&text](QLabel *label) { return label->text().contains(text); });
    }
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

QTEST_MAIN(InspectorOverview)
#include "tst_inspectoroverview.moc"
