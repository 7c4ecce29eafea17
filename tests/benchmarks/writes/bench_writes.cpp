// SPDX-License-Identifier: MIT
// bench_writes: what one write costs in sessions of 1, 200 and 5,000 attributes in memory, in CPU time of its thread. "store" is
// MemoryStore::update(), "request" all of the session's part in a request: load, one insert, save. "all" is a request that
// makes a session of so many attributes.
#include <Sojourn/MemoryStore>
#include <Sojourn/Session>
#include <Sojourn/session_p.h>

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <ctime>

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
        const double request = measure(count, [&](int i) {
            const auto state = std::make_shared<SessionState>(session.id(), store, policy);
            std::ignore = state->load();
            Session(state).insert("attribute0", i);
            if (!state->commit(false).isFinished())
                std::abort();
        });
        const double all = measure(std::max(count / 10, 3), [&](int) { std::ignore = newSession(store, attributes); });
        std::printf("%10d %10.2f %10.2f %10.2f\n", attributes, write, request, all);
    }
    return 0;
}
