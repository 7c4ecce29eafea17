// SPDX-License-Identifier: MIT
#include <QtCore/QSet>
#include <QtTest/QTest>

#include <functional>
#include <optional>
#include <vector>

// What happens to sessions in shards, step by step: a step is what a server does at once, a script or a command. All orders in
// which the steps of several programs can fall are tried, and each program may end before any of its steps.

namespace {

enum Fault {
    NoFault,
    RotatesToAnotherShard,  // the record is copied, then the old one removed
    BindsBeforeItTellsHome, // and may end in between
    WritesWithoutLooking,   // whether the record is still the one that was read
    RevokesListedKeys,      // and does not look for what they have become
    CapsWithoutALock
};

struct Record
{
    int session; // stays with the record
    int key;
    int shard;
    bool isAnns;

    friend bool operator==(const Record &a, const Record &b) = default;
};

struct World
{
    std::vector<Record> records;
    QSet<int> home;      // the shards in which ann may have sessions
    QSet<int> ended;     // sessions that were revoked
    QSet<int> toRevoke;  // those of ann when the revocation began
    QSet<int> bound;     // sessions whose log-in was done
    bool isRevoked = false;
    int locked = -1;     // by which program
    int nextKey = 100;

    Record *find(int key)
    {
        const auto it = std::ranges::find(records, key, &Record::key);
        return it == records.end() ? nullptr : &*it;
    }
    Record *ofSession(int session)
    {
        const auto it = std::ranges::find(records, session, &Record::session);
        return it == records.end() ? nullptr : &*it;
    }
    void end(const Record &record)
    {
        ended.insert(record.session);
        std::erase(records, record);
    }
};

/// A program: its steps. One that answers false has to wait.
using Step = std::function<bool(World &)>;
using Program = std::vector<Step>;

/// Tries all orders. \return the first thing that is not as promised.
class Explorer
{
public:
    Explorer(std::vector<Program> programs, std::function<QString(const World &, bool isOver)> judge)
        : m_programs(std::move(programs)), m_judge(std::move(judge))
    { }

    QString run(const World &world) { return go(world, std::vector<size_t>(m_programs.size(), 0)); }
    qint64 worlds() const { return m_worlds; }

private:
    QString go(const World &world, const std::vector<size_t> &places)
    {
        ++m_worlds;
        bool isOver = true;
        if (const QString wrong = m_judge(world, false); !wrong.isEmpty())
            return wrong;
        for (size_t i = 0; i < m_programs.size(); ++i) {
            if (places[i] >= m_programs[i].size())
                continue;
            std::vector<size_t> next = places;
            World after = world;
            if (m_programs[i][places[i]](after)) {
                isOver = false;
                ++next[i];
                if (const QString wrong = go(after, next); !wrong.isEmpty())
                    return wrong;
            }
            if (places[i] == 0)
                continue; // one that never began changes nothing
            // It ends here. Its lock opens by itself, once nothing of it can happen any more.
            World without = world;
            if (without.locked == int(i))
                without.locked = -1;
            next[i] = m_programs[i].size();
            if (const QString wrong = go(without, next); !wrong.isEmpty())
                return wrong;
        }
        return isOver ? m_judge(world, true) : QString();
    }

    const std::vector<Program> m_programs;
    const std::function<QString(const World &, bool)> m_judge;
    qint64 m_worlds = 0;
};

void revoke(World &world, int shard)
{
    const std::vector<Record> all = world.records;
    for (const Record &record : all) {
        if (record.shard == shard && record.isAnns)
            world.end(record);
    }
}

Program rotator(Fault fault, int session)
{
    if (fault != RotatesToAnotherShard)
        return {[session](World &world) {
            if (Record *record = world.ofSession(session))
                record->key = world.nextKey++;
            return true;
        }};
    const auto old = std::make_shared<int>();
    return {[session, old](World &world) {
                if (const Record *record = world.ofSession(session)) {
                    *old = record->key;
                    Record moved = *record;
                    moved.key = world.nextKey++;
                    moved.shard = 1 - moved.shard;
                    world.home.insert(moved.shard);
                    world.records.push_back(moved);
                }
                return true;
            },
            [old](World &world) {
                if (const Record *record = world.find(*old))
                    std::erase(world.records, Record(*record));
                return true;
            }};
}

Program binder(Fault fault, int session)
{
    const Step tell = [session](World &world) {
        if (const Record *record = world.ofSession(session))
            world.home.insert(record->shard);
        return true;
    };
    const Step bind = [session](World &world) {
        if (Record *record = world.ofSession(session)) {
            record->isAnns = true;
            record->key = world.nextKey++;
        }
        return true;
    };
    return fault == BindsBeforeItTellsHome ? Program{bind, tell} : Program{tell, bind};
}

Program writer(Fault fault, int session)
{
    const auto seen = std::make_shared<std::optional<Record>>();
    return {[session, seen](World &world) {
                const Record *record = world.ofSession(session);
                *seen = record ? std::optional(*record) : std::nullopt;
                return true;
            },
            [seen, fault](World &world) {
                if (*seen && !world.find((*seen)->key) && fault == WritesWithoutLooking)
                    world.records.push_back(**seen);
                return true;
            }};
}

Program revoker(Fault fault)
{
    const auto listed = std::make_shared<std::vector<int>>();
    const auto begin = [](World &world) {
        if (!world.toRevoke.isEmpty() || world.isRevoked)
            return;
        for (const Record &record : world.records) {
            if (record.isAnns)
                world.toRevoke.insert(record.session);
        }
    };
    if (fault != RevokesListedKeys)
        return {[begin](World &world) {
                    begin(world);
                    revoke(world, 0);
                    return true;
                },
                [](World &world) {
                    revoke(world, 1);
                    return world.isRevoked = true;
                }};
    return {[begin, listed](World &world) {
                begin(world);
                listed->clear();
                for (const Record &record : world.records) {
                    if (record.isAnns)
                        listed->push_back(record.key);
                }
                return true;
            },
            [listed](World &world) {
                for (const int key : *listed) {
                    if (const Record *record = world.find(key))
                        world.end(Record(*record));
                }
                return world.isRevoked = true;
            }};
}

/// A log-in of a session under a cap of one.
Program cappedBinder(Fault fault, int number, int session)
{
    const auto victims = std::make_shared<std::vector<int>>();
    const bool locks = fault != CapsWithoutALock;
    return {[locks, number](World &world) {
                if (locks && world.locked != -1)
                    return false;
                world.locked = locks ? number : -1;
                return true;
            },
            [victims, session](World &world) {
                victims->clear();
                for (const Record &record : world.records) {
                    if (record.isAnns && record.session != session)
                        victims->push_back(record.session);
                }
                return true;
            },
            [victims](World &world) {
                for (const int victim : *victims) {
                    if (const Record *record = world.ofSession(victim))
                        world.end(Record(*record));
                }
                return true;
            },
            [session](World &world) {
                if (Record *record = world.ofSession(session))
                    record->isAnns = true;
                world.bound.insert(session);
                return true;
            },
            [locks](World &world) {
                if (locks)
                    world.locked = -1;
                return true;
            }};
}

QString judgeAlways(const World &world)
{
    QSet<int> sessions;
    for (const Record &record : world.records) {
        if (sessions.contains(record.session))
            return QStringLiteral("a session has two living ids");
        sessions.insert(record.session);
        if (world.ended.contains(record.session))
            return QStringLiteral("a session was revived");
        if (record.isAnns && !world.home.contains(record.shard))
            return QStringLiteral("a home does not know a shard");
        if (world.isRevoked && world.toRevoke.contains(record.session))
            return QStringLiteral("a session survived its revocation");
    }
    return {};
}

} // namespace

class TestShardModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void promisesHoldInAllOrders_data();
    void promisesHoldInAllOrders();
    void capHoldsInAllOrders_data();
    void capHoldsInAllOrders();
};

void TestShardModel::promisesHoldInAllOrders_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<bool>("holds");
    QTest::newRow("as it is") << NoFault << true;
    QTest::newRow("a rotation to another shard is found") << RotatesToAnotherShard << false;
    QTest::newRow("a home that is told too late is found") << BindsBeforeItTellsHome << false;
    QTest::newRow("a write without a look is found") << WritesWithoutLooking << false;
    QTest::newRow("a revocation of listed keys is found") << RevokesListedKeys << false;
}

void TestShardModel::promisesHoldInAllOrders()
{
    QFETCH(Fault, fault);
    QFETCH(bool, holds);
    World world;
    world.records = {{.session = 1, .key = 1, .shard = 0, .isAnns = true}, {.session = 2, .key = 2, .shard = 1, .isAnns = false}};
    world.home = {0};
    Explorer explorer({rotator(fault, 1), rotator(fault, 1), binder(fault, 2), writer(fault, 1), revoker(fault)},
                      [](const World &now, bool) { return judgeAlways(now); });
    const QString wrong = explorer.run(world);
    QVERIFY2(wrong.isEmpty() == holds, qPrintable(wrong));
    QVERIFY(!holds || explorer.worlds() > 1000);
}

void TestShardModel::capHoldsInAllOrders_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<bool>("holds");
    QTest::newRow("as it is") << NoFault << true;
    QTest::newRow("a cap without a lock is found") << CapsWithoutALock << false;
}

void TestShardModel::capHoldsInAllOrders()
{
    QFETCH(Fault, fault);
    QFETCH(bool, holds);
    World world;
    for (int session = 1; session <= 3; ++session)
        world.records.push_back({.session = session, .key = session, .shard = session % 2, .isAnns = session == 3});
    world.home = {0, 1};
    const auto judge = [](const World &now, bool isOver) {
        const auto anns = std::ranges::count(now.records, true, &Record::isAnns);
        if (anns > 1)
            return QStringLiteral("there are more than the cap");
        if (isOver && now.bound.size() == 2 && anns == 0)
            return QStringLiteral("both log-ins have ended each other");
        return judgeAlways(now);
    };
    Explorer explorer({cappedBinder(fault, 0, 1), cappedBinder(fault, 1, 2)}, judge);
    const QString wrong = explorer.run(world);
    QVERIFY2(wrong.isEmpty() == holds, qPrintable(wrong));
}

QTEST_APPLESS_MAIN(TestShardModel)
#include "tst_shardmodel.moc"
