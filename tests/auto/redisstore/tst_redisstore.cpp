// SPDX-License-Identifier: MIT
#include <redisserver.h>
#include <storesuite.h>

#include <Sojourn/RedisStore>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestRedisStore : public StoreSuite
{
    Q_OBJECT
public:
    TestRedisStore();

private Q_SLOTS:
    void initTestCase();

private:
    std::shared_ptr<RedisStore> makeStore() const;

    RedisServer m_server;
    RedisOptions m_options;
    int m_made = 0;
};

TestRedisStore::TestRedisStore()
    : StoreSuite({.make = [this] {
                      m_options.prefix = "test" + QByteArray::number(++m_made) + ':';
                      return makeStore();
                  },
                  .makeAnother = [this] { return makeStore(); },
                  .corrupt = [this](const SessionKey &key) { m_server.ask({"HSET", m_options.prefix + "s:" + key.toLatin1(), "meta", "?"}); }})
{
    m_options.port = m_server.port();
}

std::shared_ptr<RedisStore> TestRedisStore::makeStore() const
{
    return std::make_shared<RedisStore>(m_options);
}

void TestRedisStore::initTestCase()
{
    if (RedisServer::program().isEmpty())
        QSKIP("There is neither redis-server nor valkey-server here.");
    QVERIFY(m_server.start());
}

QTEST_GUILESS_MAIN(TestRedisStore)
#include "tst_redisstore.moc"
