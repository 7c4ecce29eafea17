// SPDX-License-Identifier: MIT
#include <sentinelset.h>
#include <storesuite.h>

#include <Sojourn/RedisStore>

#include <QtCore/QElapsedTimer>
#include <QtTest/QSignalSpy>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// What every store does, over sentinels; and what happens when servers or sentinels go.
class TestRedisSentinel : public StoreSuite
{
    Q_OBJECT
public:
    TestRedisSentinel();

private Q_SLOTS:
    void initTestCase();

private:
    SentinelSet m_set;
    RedisOptions m_options;
    int m_made = 0;
};

TestRedisSentinel::TestRedisSentinel()
    : StoreSuite({.make =
                      [this] {
                          m_options.prefix = "test" + QByteArray::number(++m_made) + ':';
                          return std::make_shared<RedisStore>(m_options);
                      },
                  .makeAnother = [this] { return std::make_shared<RedisStore>(m_options); },
                  .corrupt =
                      [this](const SessionKey &key) {
                          m_set.masterServer().ask({"HSET", m_options.prefix + "s:" + key.toLatin1(), "meta", "?"});
                      }})
{
    m_options.masterName = u"shop"_s;
    for (const SentinelServer &sentinel : m_set.sentinels)
        m_options.sentinels.append({u"127.0.0.1"_s, sentinel.port()});
}

void TestRedisSentinel::initTestCase()
{
    if (RedisServer::program().isEmpty())
        QSKIP("There is neither redis-server nor valkey-server here.");
    QVERIFY(m_set.start());
}

QTEST_GUILESS_MAIN(TestRedisSentinel)
#include "tst_redissentinel.moc"
