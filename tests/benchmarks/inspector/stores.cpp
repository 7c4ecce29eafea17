// SPDX-License-Identifier: MIT
#include "stores.h"

#include <Sojourn/SessionStore>
#include <Sojourn/Stores>

#include <QtCore/QCoreApplication>
#include <QtCore/QCryptographicHash>
#include <QtCore/QElapsedTimer>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTimer>

#include <cstdio>

using namespace Sojourn;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

std::shared_ptr<SessionStore> openStore(const QString &url)
{
    auto store = storeFromUrl(url);
    if (!store)
        qFatal("%ls", qUtf16Printable(store.error().text));
    (*store)->setTimeout(60s);
    return *store;
}

/// The key of the session with this number, so that another process knows it too.
SessionKey keyOf(int number)
{
    return *SessionKey::fromBytes(QCryptographicHash::hash(QByteArray::number(number), QCryptographicHash::Sha256));
}

SessionRecord session(int number, TimePoint now)
{
    SessionRecord record;
    record.key = keyOf(number);
    if (number % 3)
        record.user = u"user%1"_s.arg(number % 50'000);
    record.createdAt = record.idIssuedAt = now - std::chrono::milliseconds(number * 7919LL % 3'600'000);
    record.lastSeenAt = record.createdAt + (now - record.createdAt) / 2;
    record.expiresAt = record.lastSeenAt + 24h;
    record.data.insert(QByteArrayView("visits"), QByteArrayView("1"));
    record.data.insert(QByteArrayView("theme"), QByteArrayView(number % 2 ? "\"dark\"" : "\"light\""));
    if (number % 5 == 0)
        record.data.insert(QByteArrayView("cart"), QByteArrayView(R"([{"sku":"mug","count":2},{"sku":"spoon","count":1}])"));
    record.updateCounts();
    return record;
}

} // namespace

int fill(const QString &url, int sessions)
{
    const auto store = openStore(url);
    QElapsedTimer timer;
    timer.start();
    const TimePoint now = systemNow();
    std::vector<Task<SessionInfo>> tasks;
    for (int i = 0; i < sessions; ++i) {
        tasks.push_back(store->create(session(i, now)));
        if (tasks.size() < 2000 && i < sessions - 1)
            continue;
        for (Task<SessionInfo> &task : tasks) {
            if (const auto made = store->waitFor(std::move(task)); !made)
                qFatal("%ls", qUtf16Printable(made.error().text));
        }
        tasks.clear();
    }
    std::printf("%d sessions made in %.0f s\n", sessions, double(timer.elapsed()) / 1000);
    return 0;
}

int stir(const QString &url, int sessions, int rate)
{
    const auto store = openStore(url);
    QRandomGenerator random(1);
    int made = sessions, removed = 0;
    QElapsedTimer timer;
    timer.start();
    qint64 done = 0;
    const auto visit = [&] {
        const SessionKey key = keyOf(int(random.bounded(sessions)));
        SessionChange change;
        switch (const int dice = int(random.bounded(20)); dice) {
        case 0:
            store->create(session(made++, store->now())).then([](const auto &) { });
            break;
        case 1: // as many go as come
            store->remove(keyOf(removed++), SessionStore::Removal::Destroyed).then([](const auto &) { });
            break;
        default:
            if (dice < 8)
                change.increment("visits", 1);
            else
                change.touch = SessionChange::Touch{store->now()};
            store->update(key, change).then([](const auto &) { });
        }
    };
    QTimer often;
    QObject::connect(&often, &QTimer::timeout, [&] {
        for (const qint64 due = timer.elapsed() * rate / 1000; done < due; ++done)
            visit();
    });
    often.start(10ms);
    return QCoreApplication::exec();
}
