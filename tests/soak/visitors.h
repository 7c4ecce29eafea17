// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>

#include <QtCore/QMutex>
#include <QtCore/QRandomGenerator>
#include <QtCore/QStringList>
#include <QtNetwork/QTcpSocket>

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

/// What all visitors did, and what must not have happened to them. From any thread.
struct Tally
{
    std::atomic<qint64> answers = 0, refusals = 0, writes = 0, rotations = 0, logins = 0, logouts = 0, revocations = 0,
                        triesOfDeadIds = 0;
    std::atomic<bool> stops = false;
    bool countsMayGoBack = false; ///< a failover may take back what nobody waits for

    void complain(const QString &text)
    {
        const QMutexLocker lock(&mutex);
        complaints.append(text);
        if (complaints.size() > 10)
            stops = true;
    }
    QStringList takeComplaints()
    {
        const QMutexLocker lock(&mutex);
        return std::exchange(complaints, {});
    }

private:
    QMutex mutex;
    QStringList complaints;
};

/// Visitors in one thread, each logged in under a name of its own. Each knows what its session must be like: between what was
/// acknowledged and what was asked for. All ask at once, then all read their answers.
class Visitors
{
public:
    using StoreFactory = std::function<std::shared_ptr<Sojourn::SessionStore>()>;

    Visitors(quint16 port, int first, int count, const StoreFactory &makeStore, Tally &tally);
    ~Visitors();

    /// Until tally.stops.
    void run();

private:
    enum Request { None, LogIn, Write, Read, Rotate, LogOut, DeadId };
    struct Visitor
    {
        QByteArray user;
        std::unique_ptr<QTcpSocket> socket;
        QByteArray received;
        QByteArray cookie; ///< as in the browser; empty: logged out
        bool isUnsure = false; ///< an answer stayed away, and the session may have ended or have another id
        qint64 least = 0, most = 0; ///< what it has counted
        Request request = None;
    };
    struct Answer
    {
        int status = 0; ///< 0: none
        QByteArray cookie; ///< null: not set; empty: removed
        QByteArray body;
    };

    void ask(Visitor &visitor);
    void revoke(Visitor &visitor);
    Answer read(Visitor &visitor);
    void judge(Visitor &visitor, const Answer &answer);
    void judgeSession(Visitor &visitor, const Answer &answer);
    /// The session of this cookie has ended, and must stay so.
    void bury(const QByteArray &cookie);
    void forget(Visitor &visitor);

    quint16 m_port;
    std::shared_ptr<Sojourn::SessionStore> m_store; // an administrator's
    Tally &m_tally;
    std::vector<Visitor> m_visitors;
    QByteArrayList m_dead;
    QRandomGenerator m_random = QRandomGenerator::securelySeeded();
};
