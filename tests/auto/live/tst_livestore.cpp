// SPDX-License-Identifier: MIT
#include "livehost.h"

#include "applicationlink_p.h"
#include "frame_p.h"

#include <tlsauthority.h>

#include <storesuite.h>

#include <Sojourn/LiveStore>
#include <Sojourn/ReadOnlyStore>
#include <Sojourn/StoreWrapper>

#include <QtCore/QScopeGuard>
#include <QtCore/QStandardPaths>
#include <QtNetwork/QSslCertificate>
#include <QtTest/QSignalSpy>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

#ifdef LIVE_OVER_TLS
constexpr bool IsOverTls = true;
#else
constexpr bool IsOverTls = false;
#endif

/// Over the local socket, or over TLS with a token and a client certificate.
class TestLiveStore : public StoreSuite
{
    Q_OBJECT
public:
    TestLiveStore()
        : StoreSuite({.make =
                          [this] {
                              m_host = makeHost([this] { return m_now; });
                              return std::shared_ptr<LiveStore>(storeOf(*m_host));
                          },
                      .makeAnother = [this] { return std::shared_ptr<LiveStore>(storeOf(*m_host)); },
                      .corrupt = {},
                      .backend = [this]() -> SessionStore & { return m_host->store(); },
                      .key = {},
                      .userOverhead = 0,
                      .proven = [this] { return provenByTls(); }})
    { }

private Q_SLOTS:
    void tellsTheTimeOfTheApplication();
    void isReadOnlyLikeItsApplication();
    void largePagesAreCutAndGoOn();
    void largePagesAreNotReadWhole();
    void failsAtOnceWithoutItsApplication();
    void badNameIsAClearError();
    void comesBackWithItsApplication();
    void subscriptionSurvivesTheApplication();
    void subscriptionIsMadeAnewOnceTheStoreIsBack();
    void whatIsToldOfItsStoreIsToldHere();
    void sizeLimitIsThatOfTheApplication();
    void noClientFillsTheApplicationWithRequests();
    void whoHearsOfTheEndMayAskAtOnce();
    void requestsUnderWayFailWhenTheApplicationGoes();
    void silentApplicationTimesOutOnce();
    void listenerNoticesSilence();
    void hugeChangeIsRefusedHere();
    void hugeFirstRequestMayEndTheStore();
    void pendingTasksEndWithTheStore();
    void runningApplicationsAreListed();

private:
    std::optional<LiveTlsOptions> tlsOptions();
    QString provenByTls() const;
    std::unique_ptr<LiveHost> makeHost(const Clock &clock);
    std::unique_ptr<LiveStore> storeOf(const LiveHost &host) { return storeAt(host.name(), host.port()); }
    std::unique_ptr<LiveStore> storeAt(const QString &name, quint16 port);

    std::optional<TlsAuthority> m_authority; // over TLS, once it was needed
    std::unique_ptr<LiveHost> m_host;
};

static const QString Token = u"0123456789abcdef0123456789abcdef"_s;

std::optional<LiveTlsOptions> TestLiveStore::tlsOptions()
{
    if (!IsOverTls)
        return std::nullopt;
    if (!m_authority) {
        m_authority.emplace();
        if (!m_authority->make() || !m_authority->issue(u"server"_s, u"IP:127.0.0.1"_s) || !m_authority->issue(u"client"_s))
            qFatal("openssl makes no certificates");
    }
    LiveTlsOptions options;
    options.certificateFile = m_authority->certificate(u"server"_s);
    options.keyFile = m_authority->key(u"server"_s);
    options.token = Token;
    options.clientCaFile = m_authority->certificate(u"ca"_s);
    return options;
}

QString TestLiveStore::provenByTls() const
{
    if (!IsOverTls)
        return {};
    const QList<QSslCertificate> client = QSslCertificate::fromPath(m_authority->certificate(u"client"_s));
    const QString digest = QString::fromLatin1(client.first().digest(QCryptographicHash::Sha256).toHex());
    return u"127.0.0.1 with certificate %1 and token: "_s.arg(digest.first(16));
}

std::unique_ptr<LiveHost> TestLiveStore::makeHost(const Clock &clock)
{
    return std::make_unique<LiveHost>(LiveHost::freshName(), clock, tlsOptions());
}

std::unique_ptr<LiveStore> TestLiveStore::storeAt(const QString &name, quint16 port)
{
    if (!IsOverTls)
        return std::make_unique<LiveStore>(name);
    LiveTlsAddress address;
    address.host = u"127.0.0.1"_s;
    address.port = port;
    address.caFile = m_authority->certificate(u"ca"_s);
    address.certificateFile = m_authority->certificate(u"client"_s);
    address.keyFile = m_authority->key(u"client"_s);
    address.token = Token;
    return std::make_unique<LiveStore>(address);
}

void TestLiveStore::tellsTheTimeOfTheApplication()
{
    const auto host = makeHost([] { return systemNow() - 1h; });
    const auto store = storeOf(*host);
    QVERIFY(store->waitFor(store->count()));
    const auto behind = systemNow() - store->now();
    QVERIFY(behind > 59min && behind < 61min);
}

void TestLiveStore::isReadOnlyLikeItsApplication()
{
    const QString name = LiveHost::freshName();
    std::unique_ptr<LiveServer> server;
    m_host->run([&] {
        server = std::make_unique<LiveServer>(std::make_shared<ReadOnlyStore>(std::make_shared<MemoryStore>()));
        QVERIFY(server->listen(name));
        if (const auto tls = tlsOptions())
            QVERIFY(server->listenTls(u"127.0.0.1"_s, 0, *tls));
    });
    const auto store = storeAt(name, server->tlsPort());
    QCOMPARE(store->waitFor(store->count()), 0);
    QVERIFY(store->isReadOnly());
    QVERIFY(store->waitFor(store->create(record(1))).error() == Error::ReadOnly);
    m_host->run([&] { server.reset(); });
}

void TestLiveStore::largePagesAreCutAndGoOn()
{
    constexpr int count = 40;
    for (int i = 0; i < count; ++i) {
        SessionRecord large = record(i);
        give(large, "filling", '"' + QByteArray(100'000, 'x') + '"');
        create(large);
    }
    SessionQuery query;
    query.withData = true;
    QSet<SessionKey> keys;
    int pages = 0;
    do {
        const SessionPage page = must(m_store->list(query));
        QCOMPARE(page.total, count);
        QVERIFY(!page.records.isEmpty());
        for (const SessionRecord &r : page.records) {
            QCOMPARE(r.data.size(), 100'009);
            keys.insert(r.key);
        }
        query.cursor = page.nextCursor;
        ++pages;
    } while (!query.cursor.isEmpty());
    QCOMPARE(keys.size(), count);
    QCOMPARE(pages, 4);
}

/// A store in memory that does not always subscribe or answer.
class MoodyStore final : public StoreWrapper
{
public:
    MoodyStore() : StoreWrapper(std::make_shared<MemoryStore>(), nullptr)
    {
        connect(&inner(), &SessionStore::sessionEvent, this, &SessionStore::sessionEvent);
    }
    Task<void> subscribe() override
    {
        ++subscriptions;
        return isDeaf ? failure(Error::Unavailable, u"Away."_s) : StoreWrapper::subscribe();
    }
    Task<qint64> count() override
    {
        asked.emplace_back();
        return asked.back().task();
    }
    bool isDeaf = false;
    int subscriptions = 0;
    std::vector<TaskPromise<qint64>> asked;
};

/// A server of such a store, in the thread of a host.
class MoodyServer
{
public:
    explicit MoodyServer(LiveHost &host) : m_host(host)
    {
        run([this] {
            store = std::make_shared<MoodyStore>();
            listen();
        });
    }
    ~MoodyServer()
    {
        run([this] {
            m_server.reset();
            store.reset();
        });
    }
    Q_DISABLE_COPY_MOVE(MoodyServer)

    void run(const std::function<void()> &function) const { m_host.run(function); }
    /// In the host's thread. Those who came before are gone.
    void listen()
    {
        m_server.reset();
        m_server = std::make_unique<LiveServer>(store);
        QVERIFY(m_server->listen(name));
    }

    const QString name = LiveHost::freshName();
    std::shared_ptr<MoodyStore> store; ///< of the host's thread

private:
    LiveHost &m_host;
    std::unique_ptr<LiveServer> m_server;
};

void TestLiveStore::subscriptionIsMadeAnewOnceTheStoreIsBack()
{
    if (IsOverTls)
        QSKIP("A server that comes back would have another port.");
    MoodyServer moody(*m_host);
    LiveStore store(moody.name);
    QSignalSpy lost(&store, &SessionStore::eventsLost), events(&store, &SessionStore::sessionEvent);
    QVERIFY(store.waitFor(store.subscribe()));
    moody.run([&] {
        moody.store->isDeaf = true;
        moody.listen();
    });
    const auto tries = [&] {
        int count = 0;
        moody.run([&] { count = moody.store->subscriptions; });
        return count;
    };
    QTRY_COMPARE(tries(), 2);
    moody.run([&] {
        moody.store->isDeaf = false;
        Q_EMIT moody.store->availabilityChanged(false);
        Q_EMIT moody.store->availabilityChanged(true);
    });
    QTRY_COMPARE(lost.size(), 1);
    QVERIFY(store.waitFor(store.create(record(1))));
    QTRY_COMPARE(events.size(), 1);
}

void TestLiveStore::whatIsToldOfItsStoreIsToldHere()
{
    must(m_store->subscribe());
    QSignalSpy lost(m_store.get(), &SessionStore::eventsLost), available(m_store.get(), &SessionStore::availabilityChanged);
    m_host->run([this] { Q_EMIT m_host->store().eventsLost(); });
    QTRY_COMPARE(lost.size(), 1);
    for (const bool isAvailable : {false, true}) {
        m_host->run([&] { Q_EMIT m_host->store().availabilityChanged(isAvailable); });
        QTRY_COMPARE(available.size(), 1);
        QCOMPARE(available.takeFirst().first().toBool(), isAvailable);
    }
}

void TestLiveStore::sizeLimitIsThatOfTheApplication()
{
    m_host->run([this] { m_host->store().setSizeLimit(1000); });
    const auto store = storeOf(*m_host);
    QCOMPARE(store->waitFor(store->count()), 0);
    QCOMPARE(store->sizeLimit(), 1000);
    SessionRecord large = record(1);
    give(large, "filling", '"' + QByteArray(1000, 'x') + '"');
    QVERIFY(store->waitFor(store->create(large)).error() == Error::TooLarge);
}

void TestLiveStore::noClientFillsTheApplicationWithRequests()
{
    if (IsOverTls)
        QSKIP("The same there.");
    MoodyServer moody(*m_host);
    int answered = 0;
    LiveStore store(moody.name); // fails what is under way at its end
    const auto asked = [&] {
        size_t count = 0;
        moody.run([&] { count = moody.store->asked.size(); });
        return count;
    };
    for (int n = 0; n < 100; ++n)
        store.count().then([&answered](const Result<qint64> &count) { answered += count == 7; });
    QTRY_COMPARE(asked(), 16U);
    QTest::qWait(20);
    QCOMPARE(asked(), 16U);
    while (answered < 100) {
        moody.run([&] {
            for (const auto &one : std::exchange(moody.store->asked, {}))
                one.finish(7);
        });
        QTest::qWait(1);
    }
}

void TestLiveStore::largePagesAreNotReadWhole()
{
    class Watched : public StoreWrapper
    {
    public:
        explicit Watched(std::shared_ptr<SessionStore> inner) : StoreWrapper(std::move(inner), nullptr) { }
        Task<SessionPage> list(const SessionQuery &query) override
        {
            return StoreWrapper::list(query).then([this](Result<SessionPage> page) {
                for (const SessionRecord &record : page->records)
                    bytes += record.data.encoded().size();
                return page;
            });
        }
        qint64 bytes = 0;
    };
    constexpr int count = 40, bytesOfEach = 100'000;
    for (int i = 0; i < count; ++i) {
        SessionRecord large = record(i);
        give(large, "filling", '"' + QByteArray(bytesOfEach, 'x') + '"');
        create(large);
    }
    std::shared_ptr<Watched> watched;
    std::unique_ptr<LiveServer> server;
    const QString name = LiveHost::freshName();
    m_host->run([&] {
        watched = std::make_shared<Watched>(std::shared_ptr<SessionStore>(&m_host->store(), [](SessionStore *) { }));
        server = std::make_unique<LiveServer>(watched);
        QVERIFY(server->listen(name));
    });
    LiveStore client(name);
    SessionQuery query;
    query.withData = true;
    qsizetype got = 0;
    do {
        const SessionPage page = *client.waitFor(client.list(query));
        got += page.records.size();
        query.cursor = page.nextCursor;
    } while (!query.cursor.isEmpty());
    QCOMPARE(got, count);
    QVERIFY2(watched->bytes < count * (bytesOfEach + 1000), QByteArray::number(watched->bytes).constData());
    m_host->run([&] {
        server.reset();
        watched.reset();
    });
}

void TestLiveStore::failsAtOnceWithoutItsApplication()
{
    if (IsOverTls)
        QSKIP("Only local sockets have names.");
    LiveStore store(u"nobody-has-this-name"_s);
    auto task = store.count();
    QVERIFY(task.isFinished());
    const Error error = task.takeResult().error();
    QCOMPARE(error.code, Error::Unavailable);
    QVERIFY2(error.text.contains(u"nobody-has-this-name"), qPrintable(error.text));
}

void TestLiveStore::badNameIsAClearError()
{
    if (IsOverTls)
        QSKIP("Only local sockets have names.");
    LiveStore store(u"..passwd~"_s);
    QVERIFY(store.count().takeResult().error() == Error::Invalid);
}

void TestLiveStore::comesBackWithItsApplication()
{
    QVERIFY(exists(key(1)) == false);
    create(record(1));
    QSignalSpy available(m_store.get(), &SessionStore::availabilityChanged);
    m_host->stop();
    QTRY_COMPARE(available.size(), 1);
    QCOMPARE(available.takeFirst().first().toBool(), false);
    QVERIFY(fails(m_store->count(), Error::Unavailable));
    m_host->start();
    QTRY_COMPARE(available.size(), 1);
    QCOMPARE(available.takeFirst().first().toBool(), true);
    QCOMPARE(must(m_store->count()), 1);

    // Nor does it need an event loop for that.
    m_host->stop();
    QVERIFY(!m_store->waitFor(m_store->count()));
    m_host->start();
    QDeadlineTimer deadline(5s);
    while (!deadline.hasExpired() && !m_store->waitFor(m_store->count()))
        QThread::msleep(50);
    QCOMPARE(must(m_store->count()), 1);
}

void TestLiveStore::subscriptionSurvivesTheApplication()
{
    must(m_store->subscribe());
    QSignalSpy events(m_store.get(), &SessionStore::sessionEvent);
    QSignalSpy lost(m_store.get(), &SessionStore::eventsLost);
    m_host->stop();
    m_host->start();
    QTRY_COMPARE(lost.size(), 1);
    create(record(1));
    QTRY_COMPARE(events.size(), 1);
    QCOMPARE(events.first().first().value<SessionEvent>().key, key(1));
    QCOMPARE(lost.size(), 1);
}

void TestLiveStore::whoHearsOfTheEndMayAskAtOnce()
{
    must(m_store->count());
    QTest::qWait(600); // so long after a connection another one may be tried at once
    std::optional<Result<qint64>> answer;
    connect(m_store.get(), &SessionStore::availabilityChanged, this, [&](bool available) {
        if (!available)
            m_store->count().then(this, [&answer](const Result<qint64> &count) { answer = count; });
    });
    m_host->stop(); // which ends the connection ...
    m_host->start(); // ... and takes the next one before anybody here has heard of it
    QTRY_VERIFY(answer);
    const auto asked = [this] {
        std::optional<qint64> count;
        m_store->count().then(this, [&count](const Result<qint64> &result) { count = result.value_or(-1); });
        return QTest::qWaitFor([&count] { return count.has_value(); }) && *count == 0;
    };
    QTRY_VERIFY(asked());
    m_store->disconnect(this);
}

void TestLiveStore::requestsUnderWayFailWhenTheApplicationGoes()
{
    must(m_store->count());
    QList<Error::Code> errors;
    {
        const LiveHost::Pause pause(*m_host, [this] { m_host->server().reset(); });
        for (int i = 0; i < 3; ++i)
            m_store->count().then(this, [&errors](const Result<qint64> &result) {
                QVERIFY(!result);
                errors.append(result.error().code);
            });
        QVERIFY(errors.isEmpty());
    }
    QTRY_COMPARE(errors, QList<Error::Code>(3, Error::Unavailable));
}

void TestLiveStore::silentApplicationTimesOutOnce()
{
    must(m_store->count());
    m_store->setTimeout(200ms);
    QSignalSpy available(m_store.get(), &SessionStore::availabilityChanged);
    {
        const LiveHost::Pause pause(*m_host);
        QVERIFY(fails(m_store->create(record(1)), Error::Timeout));
        QCOMPARE(available.size(), 1);
        QVERIFY(m_store->count().isFinished()); // fails at once from here on
    }
    QTRY_COMPARE(available.size(), 2);
    m_store->setTimeout(2s);
    QCOMPARE(must(m_store->count()), 0); // what was given up does not happen later
}

void TestLiveStore::listenerNoticesSilence()
{
    const auto usual = std::exchange(Wire::heartbeatInterval, 20ms);
    const auto restore = qScopeGuard([usual] { Wire::heartbeatInterval = usual; });
    const auto store = storeOf(*m_host);
    store->setTimeout(200ms);
    QVERIFY(store->waitFor(store->subscribe()));
    QSignalSpy available(store.get(), &SessionStore::availabilityChanged);
    QSignalSpy events(store.get(), &SessionStore::sessionEvent);
    {
        const LiveHost::Pause pause(*m_host);
        QTRY_COMPARE(available.size(), 1);
        QCOMPARE(available.first().first().toBool(), false);
    }
    QTRY_COMPARE(available.size(), 2);
    create(record(1));
    QTRY_COMPARE(events.size(), 1);
}

void TestLiveStore::hugeChangeIsRefusedHere()
{
    create(record(1));
    SessionChange many = change();
    for (int i = 0; i <= Wire::MaxAttributeOperations; ++i)
        many.set(QByteArray::number(i), "1");
    QVERIFY(fails(m_store->update(key(1), many), Error::TooLarge));
    QVERIFY(fails(m_store->update(key(1), setting("a", '"' + QByteArray(1'000'000, 'x') + '"')), Error::TooLarge));
    QCOMPARE(must(m_store->count()), 1); // and the connection stands
}

void TestLiveStore::hugeFirstRequestMayEndTheStore()
{
    LiveStore *store = storeOf(*m_host).release();
    QList<Error::Code> errors;
    const auto end = [&store, &errors](const Result<SessionInfo> &result) {
        errors.append(result.error().code);
        delete std::exchange(store, nullptr);
    };
    store->update(key(1), setting("a", '"' + QByteArray(1'000'000, 'x') + '"')).then(end);
    store->update(key(1), setting("a", "1")).then(end);
    QTRY_COMPARE(errors, (QList{Error::TooLarge, Error::Unavailable}));
    QVERIFY(!store);
}

void TestLiveStore::pendingTasksEndWithTheStore()
{
    auto store = storeOf(*m_host);
    auto task = store->count();
    QVERIFY(!task.isFinished());
    store.reset();
    QVERIFY(task.isFinished());
    QVERIFY(task.takeResult().error() == Error::Unavailable);
}

void TestLiveStore::runningApplicationsAreListed()
{
    if (IsOverTls)
        QSKIP("Only local sockets have names.");
    QVERIFY(LiveStore::runningNames().contains(m_host->name()));
    m_host->stop();
    QVERIFY(!LiveStore::runningNames().contains(m_host->name()));
}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    if (IsOverTls && QStandardPaths::findExecutable(u"openssl"_s).isEmpty()) {
        qInfo("SKIP: there is no openssl to make certificates with");
        return 0;
    }
    TestLiveStore test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_livestore.moc"
