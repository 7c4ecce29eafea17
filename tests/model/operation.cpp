// SPDX-License-Identifier: MIT
#include "operation.h"

#include <jsonsamples.h>

#include <Sojourn/sessiondata.h>

#include <QtCore/QStringList>

#include <array>

using namespace Qt::StringLiterals;

const QStringList &OperationGenerator::names()
{
    static const QStringList names{u"a"_s,    u""_s,           u"id"_s,         u"user"_s,      u"\ufeffa"_s, u"__proto__"_s,
                                   u"a\0b"_s, u"\u202eevil"_s, u"\U0001F600"_s, u"*?[]%_'\""_s, u"count"_s,   u"hits"_s};
    return names;
}

const QStringList &OperationGenerator::users()
{
    static const QStringList users{u"ann"_s, u"\ufeffann"_s, u"Ann"_s, u"*"_s, u"b\0b"_s, u"\U0001F600"_s};
    return users;
}

QList<Action> OperationGenerator::actions(int most)
{
    QList<Action> list;
    for (int left = 1 + below(most); left > 0; --left)
        list.append(action());
    return list;
}

Action OperationGenerator::action()
{
    using Kind = Action::Kind;
    static constexpr auto kinds = std::to_array<std::pair<Kind, int>>({
        {Kind::Get, 30},          {Kind::Insert, 24},       {Kind::InsertWhatCannotBeKept, 1},
        {Kind::InsertTooMuch, 1}, {Kind::Remove, 6},        {Kind::Increment, 10},
        {Kind::Clear, 2},         {Kind::SetUser, 2},       {Kind::LogIn, 6},
        {Kind::Destroy, 3},       {Kind::Rotate, 4},        {Kind::SetIdle, 2},
        {Kind::SetDeadline, 1},   {Kind::SetSessionEnd, 1}, {Kind::SetDefaultExpiry, 1},
        {Kind::AddFlash, 3},      {Kind::TakeFlash, 4},     {Kind::AskForToken, 3},
        {Kind::SendToken, 4},     {Kind::BePassive, 2},     {Kind::Save, 3},
        {Kind::CycleId, 1},       {Kind::Flush, 1},
    });
    static constexpr int total = [] {
        int sum = 0;
        for (const auto &[kind, weight] : kinds)
            sum += weight;
        return sum;
    }();
    Action action;
    int at = below(total);
    for (const auto &[kind, weight] : kinds) {
        action.kind = kind;
        if ((at -= weight) < 0)
            break;
    }

    JsonSamples samples(static_cast<quint32>(m_random()));
    const qsizetype counters = names().size() - 2;
    action.text = names()[below(names().size())];
    action.number = below(qint64(7)) - 1;
    switch (action.kind) {
    case Kind::Insert:
        // A counter is sometimes no number.
        action.value = names().indexOf(action.text) < counters ? samples.value(3)
                     : oneIn(6)                                ? QJsonValue(u"many"_s)
                                                               : QJsonValue(action.number);
        break;
    case Kind::AddFlash:
        action.value = samples.value(4);
        break;
    case Kind::Increment:
        action.text = names()[counters + below(2)];
        break;
    case Kind::SetUser:
    case Kind::LogIn:
        action.text = action.kind == Kind::SetUser && oneIn(3) ? QString() : users()[below(users().size())];
        break;
    case Kind::SetIdle:
    case Kind::SetDeadline:
        action.number = 20'000 + below(qint64(200'000));
        break;
    default:
        break;
    }
    return action;
}

Operation OperationGenerator::adminOperation()
{
    using Kind = Operation::Kind;
    static constexpr std::array kinds{Kind::Remove,    Kind::RevokeUser, Kind::Edit,   Kind::Edit,
                                      Kind::EditStale, Kind::Expire,     Kind::Expire, Kind::AskForRotation};
    Operation operation;
    operation.kind = kinds[below(kinds.size())];
    operation.process = below(Processes);
    operation.target = below(64);
    operation.number = operation.kind == Kind::Expire ? 5'000 + below(qint64(300'000)) : below(qint64(1000));
    operation.text = users()[below(users().size())];
    return operation;
}

Operation OperationGenerator::next()
{
    using Kind = Operation::Kind;
    Operation operation;
    const int what = below(100);
    if (what >= 88) {
        operation = adminOperation();
        return operation;
    }
    operation.client = below(Clients);
    operation.process = below(Processes);
    operation.slot = below(Slots);
    operation.target = below(64);
    if (what < 40) {
        operation.kind = Kind::Visit;
        operation.overHooks = oneIn(2);
        operation.fromOtherSite = oneIn(24);
        operation.actions = actions(4);
        operation.status = oneIn(10) ? 500 : oneIn(10) ? 404 : 200;
        while (oneIn(8))
            operation.meanwhile.append(adminOperation());
    } else if (what < 52) {
        operation.kind = Kind::Begin;
        operation.actions = actions(2);
    } else if (what < 66) {
        operation.kind = Kind::End;
        operation.actions = actions(2);
        operation.status = oneIn(12) ? 500 : 200;
    } else if (what < 74) {
        operation.kind = Kind::Wait;
        operation.number = oneIn(3) ? below(qint64(90'000)) : below(qint64(9000));
    } else if (what < 75) {
        operation.kind = Kind::Jump;
        operation.number = below(qint64(1'200'000));
    } else if (what < 79) {
        operation.kind = Kind::Sweep;
        operation.number = oneIn(2) ? 1000 : 1;
    } else {
        static constexpr std::array kinds{Kind::LoseCookie, Kind::CopyCookie,    Kind::CopyCookie,    Kind::OldCookie,
                                          Kind::OldCookie,  Kind::StrangeCookie, Kind::GarbledCookie, Kind::ReadHistory};
        operation.kind = kinds[below(kinds.size())];
        operation.number = static_cast<qint64>(m_random() >> 1);
    }
    return operation;
}

// ---- For the reader of a failure

QString Action::toString() const
{
    static constexpr std::array names{"get",
                                      "insert",
                                      "insert what cannot be kept",
                                      "insert too much",
                                      "remove",
                                      "increment",
                                      "clear",
                                      "set user",
                                      "log in",
                                      "destroy",
                                      "rotate",
                                      "idle",
                                      "deadline in",
                                      "session end",
                                      "default expiry",
                                      "add flash",
                                      "take flash",
                                      "ask for token",
                                      "send token",
                                      "be passive",
                                      "save",
                                      "cycle id",
                                      "flush"};
    static_assert(names.size() == KindCount);
    QString words = QString::fromLatin1(names[kind]);
    const auto quoted = [](const QJsonValue &json) { return QString::fromUtf8(Sojourn::encodeJson(json)); };
    switch (kind) {
    case Get:
    case Remove:
    case InsertTooMuch:
    case SetUser:
    case LogIn:
        return words + u' ' + quoted(text);
    case Insert:
        return words + u' ' + quoted(text) + u" = "_s + quoted(value);
    case Increment:
        return words + u' ' + quoted(text) + u" by "_s + QString::number(number);
    case AddFlash:
        return words + u' ' + quoted(value);
    case InsertWhatCannotBeKept:
    case SetIdle:
    case SetDeadline:
        return words + u' ' + QString::number(number);
    default:
        return words;
    }
}

QString Operation::toString() const
{
    static constexpr std::array names{"visit",
                                      "begin",
                                      "end",
                                      "wait",
                                      "jump",
                                      "remove session",
                                      "revoke user",
                                      "edit session",
                                      "edit session as of another version",
                                      "expire session",
                                      "ask for rotation of session",
                                      "sweep",
                                      "lose cookie",
                                      "copy cookie",
                                      "old cookie",
                                      "strange cookie",
                                      "garbled cookie",
                                      "read history"};
    static_assert(names.size() == KindCount);
    QString words = QString::fromLatin1(names[kind]);
    QStringList done;
    for (const Action &action : actions)
        done.append(action.toString());
    switch (kind) {
    case Visit:
    case Begin:
    case End:
        if (kind != End)
            words = u"client %1 "_s.arg(client) + words;
        if (kind != Visit)
            words += u" slot %1"_s.arg(slot);
        if (kind == Visit)
            words += overHooks ? u" over hooks"_s : u" over routes"_s;
        if (fromOtherSite)
            words += u" from another site";
        words += u": "_s + done.join(u", "_s);
        if (status != 200)
            words += u"; answers %1"_s.arg(status);
        for (const Operation &operation : meanwhile)
            words += u"\n        meanwhile: "_s + operation.toString();
        break;
    case Wait:
    case Jump:
        return words + u" %1 ms"_s.arg(number);
    case Sweep:
        words += u" at most %1"_s.arg(number);
        break;
    case RevokeUser:
        words += u' ' + QString::fromUtf8(Sojourn::encodeJson(text));
        break;
    case Remove:
    case Edit:
    case EditStale:
    case Expire:
    case AskForRotation:
        words += u" no. %1"_s.arg(target);
        if (kind == Expire)
            words += u" in %1 ms"_s.arg(number);
        break;
    case ReadHistory:
        break;
    default:
        return u"client %1: "_s.arg(client) + words
             + (kind == CopyCookie || kind == OldCookie ? u" %1"_s.arg(target) : QString());
    }
    return words + u" (process %1)"_s.arg(process);
}
