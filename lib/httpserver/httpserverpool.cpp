// SPDX-License-Identifier: MIT
#include "httpserverpool.h"

#include "poolworker_p.h"

#include <Sojourn/MemoryStore>

#include <QtNetwork/QTcpServer>

#include <algorithm>
#include <mutex>
#include <set>

using namespace Qt::StringLiterals;

namespace Sojourn {

namespace {

/// Accepts connections and gives away their descriptors.
class Acceptor : public QTcpServer
{
public:
    std::function<void(qintptr)> accepted;

protected:
    void incomingConnection(qintptr descriptor) override { accepted(descriptor); }
};

} // namespace

class HttpServerPoolPrivate
{
public:
    Result<void> startWorkers();
    Result<void> startAccepting(const QHostAddress &address, quint16 port);
    void stopAccepting();
    void handOut(qintptr descriptor);

    int threads = 1;
    PoolWorker::Settings settings;
    std::vector<std::unique_ptr<PoolWorker>> workers;
    QThread accepting; // of its own, so that no handler delays a connection of another thread
    std::unique_ptr<Acceptor> acceptor;
    size_t next = 0; // of the accepting thread
    quint16 port = 0;
    mutable std::mutex metricsMutex;
    Metrics finished; // of stores that are gone
    /// What a store had counted when its workers ended. It may go on counting, for this pool too.
    struct Counted
    {
        std::weak_ptr<SessionStore> store;
        const Counters *counters;
        Metrics metrics;
    };
    std::vector<Counted> counted;
};

/// One after the other, so that the setup function need not be thread-safe.
Result<void> HttpServerPoolPrivate::startWorkers()
{
    if (!settings.makeStore) {
        settings.makeStore = [store = std::make_shared<MemoryStore>()]() -> Result<std::shared_ptr<SessionStore>> {
            return store;
        };
    }
    for (int i = 0; i < threads; ++i) {
        auto worker = std::make_unique<PoolWorker>(settings);
        if (auto started = worker->startAndWait(); !started)
            return started;
        const std::lock_guard lock(metricsMutex);
        workers.push_back(std::move(worker));
    }
    return {};
}

Result<void> HttpServerPoolPrivate::startAccepting(const QHostAddress &address, quint16 wantedPort)
{
    acceptor = std::make_unique<Acceptor>();
    acceptor->accepted = [this](qintptr descriptor) { handOut(descriptor); };
    acceptor->moveToThread(&accepting);
    accepting.setObjectName(u"sojourn-accept"_s);
    accepting.start();
    Result<void> listening;
    const auto listen = [&] {
        if (acceptor->listen(address, wantedPort))
            port = acceptor->serverPort();
        else
            listening = failure(Error::Unavailable,
                                u"Cannot listen on port %1 of %2: %3."_s.arg(QString::number(wantedPort), address.toString(),
                                                                             acceptor->errorString()));
    };
    QMetaObject::invokeMethod(acceptor.get(), listen, Qt::BlockingQueuedConnection);
    return listening;
}

void HttpServerPoolPrivate::stopAccepting()
{
    if (!accepting.isRunning())
        return;
    const auto close = [this] {
        // Whom the system has connected already is served: closing would reset those connections.
        for (int i = 0; i < acceptor->listenBacklogSize() && acceptor->waitForNewConnection(0); ++i) { }
        acceptor->close();
    };
    QMetaObject::invokeMethod(acceptor.get(), close, Qt::BlockingQueuedConnection);
    accepting.quit();
    accepting.wait();
}

/// To the worker with the fewest connections; of several, in turn.
void HttpServerPoolPrivate::handOut(qintptr descriptor)
{
    size_t best = next = (next + 1) % workers.size();
    for (size_t i = 1; i < workers.size(); ++i) {
        const size_t candidate = (next + i) % workers.size();
        if (workers[candidate]->connectionCount() < workers[best]->connectionCount())
            best = candidate;
    }
    workers[best]->adopt(descriptor);
}

HttpServerPool::HttpServerPool(int threads, Setup setup) : d(std::make_unique<HttpServerPoolPrivate>())
{
    d->threads = threads > 0 ? threads : std::max(1, QThread::idealThreadCount());
    d->settings.setup = std::move(setup);
}

HttpServerPool::~HttpServerPool()
{
    stop();
}

void HttpServerPool::setOptions(const SessionOptions &options)
{
    d->settings.options = options;
}

void HttpServerPool::setStoreFactory(StoreFactory factory)
{
    d->settings.makeStore = std::move(factory);
}

void HttpServerPool::setSslConfiguration(const QSslConfiguration &configuration)
{
    d->settings.ssl = configuration;
}

Result<void> HttpServerPool::listen(const QHostAddress &address, quint16 port)
{
    if (!d->workers.empty())
        return failure(Error::Invalid, u"The pool listens already. Call stop() first."_s);
    Result<void> started = d->startWorkers();
    if (started)
        started = d->startAccepting(address, port);
    if (!started)
        stop();
    return started;
}

quint16 HttpServerPool::port() const
{
    return d->port;
}

int HttpServerPool::threadCount() const
{
    return d->threads;
}

void HttpServerPool::stop(std::chrono::milliseconds timeout)
{
    d->stopAccepting();
    d->acceptor.reset();
    d->port = 0;
    for (const auto &worker : d->workers)
        worker->finish(timeout);
    for (const auto &worker : d->workers)
        worker->waitUntilFinished();
    const std::lock_guard lock(d->metricsMutex);
    std::erase_if(d->counted, [this](const auto &known) {
        if (known.store.expired())
            d->finished += known.metrics;
        return known.store.expired();
    });
    for (const auto &worker : d->workers) {
        const std::shared_ptr<SessionStore> store = worker->store();
        std::erase_if(d->counted, [&store](const auto &known) { return known.counters == &store->counters(); });
        d->counted.push_back({store, &store->counters(), store->counters().read()});
    }
    for (const auto &worker : d->workers)
        worker->end();
    d->workers.clear();
}

Metrics HttpServerPool::metrics() const
{
    const std::lock_guard lock(d->metricsMutex);
    Metrics sum = d->finished;
    std::set<const Counters *> used; // threads may share a store
    for (const auto &worker : d->workers) {
        if (const Counters &counters = worker->store()->counters(); used.insert(&counters).second)
            sum += counters.read();
    }
    for (const auto &known : d->counted) {
        if (known.store.expired() || !used.contains(known.counters))
            sum += known.metrics;
    }
    return sum;
}

} // namespace Sojourn
