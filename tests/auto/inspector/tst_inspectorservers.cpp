// SPDX-License-Identifier: MIT
#include "windowtest.h"

#include "store/connectiondialog.h"

#include <rediscluster.h>
#include <sentinelset.h>

#include <Sojourn/Stores>

#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>

using namespace Sojourn;
using namespace Sojourn::Inspector;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What the window tells of a store that has several servers, with real ones.
class InspectorServers : public WindowTest
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void formTakesSeveralHosts_data();
    void formTakesSeveralHosts();
    void statusLineTellsWhichMastersAreAway();
    void statusLineNamesTheMasterOfTheSentinels();

private:
    QString status() const { return m_window->findChild<QLabel *>(u"connection"_s)->text(); }
    static void fill(const QString &url);

    static constexpr int Sessions = 40;
    std::unique_ptr<RedisCluster> m_cluster;
    std::unique_ptr<SentinelSet> m_sentinels;
};

void InspectorServers::initTestCase()
{
    if (RedisServer::program().isEmpty())
        QSKIP("There is neither redis-server nor valkey-server here.");
    speakEnglish();
    m_cluster = std::make_unique<RedisCluster>();
    QVERIFY(m_cluster->start());
    fill(m_cluster->url());
    m_sentinels = std::make_unique<SentinelSet>();
    QVERIFY(m_sentinels->start());
    fill(m_sentinels->url());
}

void InspectorServers::fill(const QString &url)
{
    const auto store = storeFromUrl(url);
    QVERIFY(store);
    (*store)->setTimeout(20s);
    for (int n = 0; n < Sessions; ++n) {
        SessionRecord record = sampleSession(n, systemNow());
        record.absoluteExpiresAt.reset();
        record.expiresAt = systemNow() + std::chrono::hours(1); // none ends meanwhile
        QVERIFY((*store)->waitFor((*store)->create(record)));
    }
}

void InspectorServers::formTakesSeveralHosts_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("cluster") << m_cluster->url();
    QTest::newRow("sentinels") << m_sentinels->url();
}

void InspectorServers::formTakesSeveralHosts()
{
    QFETCH(QString, url);
    const bool isCluster = url.startsWith("redis+cluster"_L1);
    const QString hosts = url.section(u'/', 2, 2);
    QVERIFY(hosts.count(u',') == 2);
    ConnectionDialog form;
    form.setAttribute(Qt::WA_DeleteOnClose, false);
    form.show();
    const auto edit = [&form](const QString &tip) {
        const auto edits = form.findChildren<QLineEdit *>();
        return *std::ranges::find_if(edits, [&tip](const QLineEdit *one) { return one->toolTip().contains(tip); });
    };
    form.findChild<QComboBox *>()->setCurrentIndex(1);
    form.findChild<QComboBox *>(u"servers"_s)->setCurrentIndex(isCluster ? 2 : 1);
    QLineEdit *const host = edit(u"commas"_s);
    QVERIFY(host->isVisible());
    host->selectAll();
    QTest::keyClicks(host, QString(hosts).replace(u',', ", "_L1)); // as a person types it
    if (!isCluster)
        QTest::keyClicks(edit(u"sentinels know the master"_s), u"shop"_s);
    QCOMPARE(form.connection().url, isCluster ? url : url + u"/0"_s);
    button(&form, u"Test c"_s)->click();
    const auto *result = form.findChild<QLabel *>(u"result"_s);
    QTRY_VERIFY2_WITH_TIMEOUT(result->text().startsWith(u"It answers: %1 sessions"_s.arg(Sessions)), qPrintable(result->text()),
                              20'000);
}

void InspectorServers::statusLineTellsWhichMastersAreAway()
{
    m_window->open(Connection::forUrl(m_cluster->url()));
    QTRY_VERIFY2_WITH_TIMEOUT(status().contains(u"connected to 3 of 3 masters, "), qPrintable(status()), 20'000);
    QVERIFY(!status().contains(u"away"));
    QTRY_COMPARE_WITH_TIMEOUT(m_window->currentTab()->model().rowCount(), Sessions, 20'000);

    m_cluster->isFollowed(0);
    for (const int node : {0, m_cluster->masters()}) // nobody comes in its place
        (*m_cluster)[node].kill();
    const QString away = u"shards are away: 127.0.0.1:%1"_s.arg((*m_cluster)[0].port());
    QTRY_VERIFY2_WITH_TIMEOUT(status().contains(u"connected to 2 of 3 masters, ") && status().contains(away),
                              qPrintable(status()), 20'000);
    QVERIFY2(status().contains(QRegularExpression(u" \\d+ of 256 shards"_s)), qPrintable(status()));
    QVERIFY(m_cluster->restart(0));
    QVERIFY(m_cluster->restart(m_cluster->masters()));
    QTRY_VERIFY2_WITH_TIMEOUT(status().contains(u"connected to 3 of 3 masters, "), qPrintable(status()), 20'000);
    QVERIFY(!status().contains(u"away"));

    // And where another one is promoted.
    QVERIFY(m_cluster->follows(m_cluster->masters() + 1));
    (*m_cluster)[1].kill();
    QTRY_VERIFY2_WITH_TIMEOUT(status().contains(u"connected to 2 of 3 masters, "), qPrintable(status()), 20'000);
    QTRY_VERIFY2_WITH_TIMEOUT(status().contains(u"connected to 3 of 3 masters, "), qPrintable(status()), 20'000);
}

void InspectorServers::statusLineNamesTheMasterOfTheSentinels()
{
    const auto isNamed = [this](int server) {
        return status().contains(u"connected to 127.0.0.1:%1, "_s.arg(m_sentinels->servers[server].port()));
    };
    m_window->open(Connection::forUrl(m_sentinels->url()));
    const int before = m_sentinels->master();
    QTRY_VERIFY2_WITH_TIMEOUT(isNamed(before), qPrintable(status()), 20'000);
    m_sentinels->servers[before].kill();
    QTRY_VERIFY2_WITH_TIMEOUT(status().contains(u"not connected, trying again"), qPrintable(status()), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_sentinels->isPromoted(before), 20'000);
    QTRY_VERIFY2_WITH_TIMEOUT(m_sentinels->master() >= 0 && isNamed(m_sentinels->master()), qPrintable(status()), 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(m_window->currentTab()->model().rowCount(), Sessions, 20'000);
}

QTEST_MAIN(InspectorServers)
#include "tst_inspectorservers.moc"
