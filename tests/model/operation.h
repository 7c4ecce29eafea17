// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QJsonValue>
#include <QtCore/QList>
#include <QtCore/QString>

#include <random>

/// What a handler does with its session.
struct Action
{
    enum Kind : quint8 {
        Get,
        Insert,
        InsertWhatCannotBeKept,
        InsertTooMuch,
        Remove,
        Increment,
        Clear,
        SetUser,
        LogIn,
        Destroy,
        Rotate,
        SetIdle,
        SetDeadline,
        SetSessionEnd,
        SetDefaultExpiry,
        AddFlash,
        TakeFlash,
        AskForToken,
        SendToken,
        BePassive,
        Save,
        CycleId,
        Flush,
        KindCount
    };

    Kind kind = Get;
    QString text;     ///< attribute or user
    QJsonValue value; ///< of Insert and AddFlash
    qint64 number = 0;

    QString toString() const;
    bool setsExpiry() const { return kind >= SetIdle && kind <= SetDefaultExpiry; }
};

/// One operation of the test: a request, or something that happens beside requests.
struct Operation
{
    enum Kind : quint8 {
        Visit,     ///< a request from load to answer
        Begin,     ///< a request whose handler takes its session and goes on later
        End,       ///< goes on with the request of this slot and answers it
        Wait,      ///< the clocks go on
        Jump,      ///< the clocks jump
        Remove,    ///< an administrator ends the session
        RevokeUser,
        Edit,      ///< an administrator changes an attribute, seeing the version
        EditStale, ///< the same with a version that is not the session's
        Expire,    ///< an administrator sets a deadline
        AskForRotation,
        Sweep,
        LoseCookie,
        CopyCookie,   ///< the client also sends what another client has
        OldCookie,    ///< the client sends what it had before
        StrangeCookie,///< an id that nobody issued
        GarbledCookie,
        ReadHistory,
        KindCount
    };

    Kind kind = Visit;
    int client = 0;
    int process = 0;
    int slot = 0;
    int target = 0;       ///< which of the living sessions an administrator means
    qint64 number = 0;    ///< ms, or what an edit sets
    QString text;         ///< user
    int status = 200;     ///< of the handler
    bool overHooks = false;
    bool fromOtherSite = false;
    QList<Action> actions;
    QList<Operation> meanwhile; ///< of Visit: what administrators do while the handler runs

    QString toString() const;
};

/// Random operations; the same seed gives the same ones.
class OperationGenerator
{
public:
    static constexpr int Clients = 4;
    static constexpr int Processes = 2;
    static constexpr int Slots = 3;

    explicit OperationGenerator(quint64 seed) : m_random(seed) { }

    Operation next();

    /// Names of attributes: some hostile, the last two for counters.
    static const QStringList &names();
    static const QStringList &users();

private:
    Operation adminOperation();
    QList<Action> actions(int most);
    Action action();
    template<class N>
    N below(N bound)
    {
        return static_cast<N>(m_random() % static_cast<quint64>(bound));
    }
    bool oneIn(int n) { return below(n) == 0; }

    std::mt19937_64 m_random; // its sequence is part of the standard
};
