// SPDX-License-Identifier: MIT
// bench_writes: what one write costs in sessions of 1, 200 and 5,000 attributes in memory, in CPU time of its thread. "store" is
// MemoryStore::update(), "request" all of the session's part in a request: load, one insert, save. "all" is a request that
// makes a session of so many attributes.
//
// Then what threads cost that share one store: CPU time of a request, and how many of 1,000 requests had to sleep for the lock,
// where threads do nothing else, and where each works 15 us between two requests as a server does that reads and answers HTTP.
#include <Sojourn/MemoryStore>
#include <Sojourn/Session>
#include <Sojourn/sessionstate_p.h>

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <latch>
#include <thread>
#include <vector>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#endif

using namespace Sojourn;
using namespace Qt::StringLiterals;

static double cpuMicroseconds()
{
#ifdef CLOCK_THREAD_CPUTIME_ID
    timespec time{};
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0)
        return double(time.tv_sec) * 1e6 + double(time.tv_nsec) / 1e3;
#endif
    return double(std::clock()) * 1e6 / CLOCKS_PER_SEC;
}

/// The best of some rounds: the others were disturbed.
template<class F>
static double measure(int count, F &&once)
{
    double best = 1e12;
    for (int round = 0; round < 7; ++round) {
        const double before = cpuMicroseconds();
        for (int i = 0; i < count; ++i)
            once(round * count + i);
        best = std::min(best, (cpuMicroseconds() - before) / count);
    }
    return best;
}

static Session newSession(const std::shared_ptr<SessionStore> &store, int attributes)
{
    Session session(std::nullopt, store);
    for (int i = 0; i < attributes; ++i)
        session.insert(u"attribute%1"_s.arg(i), i);
    if (!store->waitFor(session.save()))
        std::abort();
    return session;
}

/// How often this thread has gone to sleep by itself; 0 where that is not known.
static long sleeps()
{
#ifdef Q_OS_LINUX
    rusage usage{};
    getrusage(RUSAGE_THREAD, &usage);
    return usage.ru_nvcsw;
#else
    return 0;
#endif
}

static void request(const std::shared_ptr<SessionStore> &store, const std::shared_ptr<const SessionPolicy> &policy,
                    const std::optional<SessionId> &id, int value)
{
    const auto state = std::make_shared<SessionState>(id, store, policy);
    std::ignore = state->load();
    Session(state).insert("attribute0", value);
    if (!state->commit(false).isFinished())
        std::abort();
}

/// \a threads make \a count requests each to sessions of their own, and work \a between microseconds between them.
static void shareStore(int threads, int count, double between)
{
    const auto store = std::make_shared<MemoryStore>();
    const auto policy = std::make_shared<SessionPolicy>();
    std::vector<double> cpu(static_cast<size_t>(threads));
    std::vector<long> slept(static_cast<size_t>(threads));
    std::latch start(threads);
    std::vector<std::thread> all;
    for (size_t t = 0; t < cpu.size(); ++t) {
        all.emplace_back([&, t] {
            const Session session = newSession(store, 1);
            const auto work = [between] {
                for (const double until = cpuMicroseconds() + between; cpuMicroseconds() < until;) { }
            };
            start.arrive_and_wait();
            const long sleptBefore = sleeps();
            for (int i = 0; i < count; ++i) {
                const double before = cpuMicroseconds();
                if (between == 0) {
                    for (int burst = 0; burst < 100; ++burst)
                        request(store, policy, session.id(), i * 100 + burst);
                    cpu[t] += (cpuMicroseconds() - before) / 100;
                } else {
                    request(store, policy, session.id(), i);
                    cpu[t] += cpuMicroseconds() - before;
                    work();
                }
            }
            slept[t] = sleeps() - sleptBefore;
        });
    }
    double cpuOfAll = 0;
    long sleptOfAll = 0;
    for (size_t t = 0; t < cpu.size(); ++t) {
        all[t].join();
        cpuOfAll += cpu[t];
        sleptOfAll += slept[t];
    }
    const double requests = double(threads) * count;
    std::printf("%10d %10.0f %10.2f %10.2f\n", threads, between, cpuOfAll / requests,
                double(sleptOfAll) * 1000 / (requests * (between == 0 ? 100 : 1)));
}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const auto store = std::make_shared<MemoryStore>();
    const auto policy = std::make_shared<SessionPolicy>();
    std::printf("%10s %10s %10s %10s  (us of CPU)\n", "attributes", "store", "request", "all");
    for (const int attributes : {1, 200, 5000}) {
        const Session session = newSession(store, attributes);
        const int count = std::max(20'000 / attributes, 20);
        const double write = measure(count, [&](int i) {
            SessionChange change;
            change.setChecked("attribute0", QByteArray::number(1'000'000 + i));
            if (!store->update(session.key(), change).isFinished())
                std::abort();
        });
        const double oneRequest = measure(count, [&](int i) { request(store, policy, session.id(), i); });
        const double all = measure(std::max(count / 10, 3), [&](int) { std::ignore = newSession(store, attributes); });
        std::printf("%10d %10.2f %10.2f %10.2f\n", attributes, write, oneRequest, all);
    }
    std::printf("\n%10s %10s %10s %10s\n", "threads", "us between", "us of CPU", "sleeps/1k");
    for (const double between : {0.0, 15.0}) {
        for (const int threads : {1, 2, 4, 8})
            shareStore(threads, between == 0 ? 1000 : 20'000, between);
    }
    return 0;
}
