// SPDX-License-Identifier: MIT
#include "visitors.h"

#include "httpresponse.h"

#include <QtCore/QDeadlineTimer>

using namespace Sojourn;
using namespace Qt::StringLiterals;

static constexpr int AnswerTimeout = 20'000; // ms: more than any store may take
static constexpr qsizetype DeadIds = 500;

Visitors::Visitors(quint16 port, int first, int count, const StoreFactory &makeStore, Tally &tally)
    : m_port(port), m_store(makeStore()), m_tally(tally), m_visitors(size_t(count))
{
    for (int i = 0; i < count; ++i)
        m_visitors[size_t(i)].user = "user" + QByteArray::number(first + i);
}

Visitors::~Visitors() = default;

void Visitors::run()
{
    while (!m_tally.stops) {
        for (Visitor &visitor : m_visitors)
            ask(visitor);
        for (Visitor &visitor : m_visitors) {
            if (visitor.request != None)
                judge(visitor, read(visitor));
        }
    }
}

void Visitors::ask(Visitor &visitor)
{
    visitor.request = None;
    QByteArray path, cookie = visitor.cookie;
    const auto chosen = [&](Request request, const QByteArray &where) {
        visitor.request = request;
        path = where;
    };
    const quint32 dice = m_random.bounded(100);
    if (visitor.cookie.isEmpty()) {
        chosen(LogIn, "/login?user=" + visitor.user);
    } else if (dice < 40) {
        chosen(Write, "/write");
        ++visitor.most;
    } else if (dice < 70) {
        chosen(Read, "/read");
    } else if (dice < 80) {
        chosen(Rotate, "/rotate");
    } else if (dice < 84) {
        chosen(LogOut, "/logout");
    } else if (dice < 86) {
        revoke(visitor);
        return;
    } else if (!m_dead.isEmpty()) {
        chosen(DeadId, "/read");
        cookie = m_dead[m_random.bounded(m_dead.size())];
    } else {
        chosen(Read, "/read");
    }
    if (!visitor.socket || visitor.socket->state() != QAbstractSocket::ConnectedState) {
        visitor.received.clear();
        visitor.socket = std::make_unique<QTcpSocket>();
        visitor.socket->connectToHost(QHostAddress::LocalHost, m_port);
        visitor.socket->waitForConnected(1000);
    }
    QByteArray text = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n";
    if (!cookie.isEmpty())
        text += "Cookie: id=" + cookie + "\r\n";
    visitor.socket->write(text + "\r\n");
    visitor.socket->flush();
}

void Visitors::revoke(Visitor &visitor)
{
    if (m_store->waitFor(m_store->removeUser(QString::fromLatin1(visitor.user), {}, SessionStore::Removal::Admin))) {
        ++m_tally.revocations;
        if (!visitor.isUnsure) // or this may not be its cookie
            bury(visitor.cookie);
        forget(visitor);
    } else {
        visitor.isUnsure = true;
    }
}

Visitors::Answer Visitors::read(Visitor &visitor)
{
    const QDeadlineTimer deadline(AnswerTimeout);
    QTcpSocket &socket = *visitor.socket;
    for (;;) {
        visitor.received += socket.readAll();
        if (HttpResponse response; response.take(visitor.received)) {
            Answer answer{response.status, response.cookie(), response.body};
            if (!response.setCookies().isEmpty())
                answer.cookie += ""; // removed: empty, but not null
            return answer;
        }
        if (socket.state() != QAbstractSocket::ConnectedState)
            return {};
        if (deadline.hasExpired()) {
            m_tally.complain(u"%1 got no answer in %2 s"_s.arg(QString::fromLatin1(visitor.user)).arg(AnswerTimeout / 1000));
            socket.abort();
            return {};
        }
        socket.waitForReadyRead(1000);
    }
}

void Visitors::judge(Visitor &visitor, const Answer &answer)
{
    if (answer.status == 0 || answer.status == 503) {
        ++m_tally.refusals;
        if (answer.status == 503 && !answer.cookie.isNull())
            m_tally.complain(u"a 503 came with a cookie"_s);
        if (visitor.request == Rotate || visitor.request == LogOut)
            visitor.isUnsure = true;
        return;
    }
    ++m_tally.answers;
    if (visitor.request == DeadId) {
        ++m_tally.triesOfDeadIds;
        if (answer.status != 401)
            m_tally.complain(
                u"an id that is dead was answered with %1 \"%2\""_s.arg(answer.status).arg(QString::fromUtf8(answer.body)));
        return;
    }
    if (visitor.request == LogIn) {
        if (answer.status != 200 || answer.cookie.isEmpty()) {
            m_tally.complain(u"a log-in was answered with %1"_s.arg(answer.status));
            return;
        }
        ++m_tally.logins;
        forget(visitor);
        visitor.cookie = answer.cookie;
        return;
    }
    if (answer.status == 200) {
        judgeSession(visitor, answer);
        return;
    }
    if (!visitor.isUnsure)
        m_tally.complain(u"%1 has lost the session: %2 to request %3"_s.arg(QString::fromLatin1(visitor.user))
                             .arg(answer.status)
                             .arg(int(visitor.request)));
    forget(visitor);
}

void Visitors::judgeSession(Visitor &visitor, const Answer &answer)
{
    const QByteArrayList words = answer.body.split(' ');
    if (words.value(0) != visitor.user)
        m_tally.complain(u"%1 got the answer \"%2\""_s.arg(QString::fromLatin1(visitor.user), QString::fromUtf8(answer.body)));
    switch (visitor.request) {
    case Write:
        ++m_tally.writes;
        ++visitor.least;
        break;
    case Read: {
        const qint64 count = words.value(1).toLongLong();
        if (count > visitor.most || (count < visitor.least && !m_tally.countsMayGoBack))
            m_tally.complain(u"%1 has counted to %2, not to between %3 and %4"_s.arg(QString::fromLatin1(visitor.user))
                                 .arg(count)
                                 .arg(visitor.least)
                                 .arg(visitor.most));
        break;
    }
    case Rotate:
        ++m_tally.rotations;
        if (answer.cookie.isEmpty()) {
            m_tally.complain(u"a rotation brought no cookie"_s);
            break;
        }
        bury(visitor.cookie);
        visitor.cookie = answer.cookie;
        visitor.isUnsure = false;
        break;
    case LogOut:
        ++m_tally.logouts;
        bury(visitor.cookie);
        forget(visitor);
        break;
    default:
        break;
    }
}

void Visitors::bury(const QByteArray &cookie)
{
    if (m_dead.size() < DeadIds)
        m_dead.append(cookie);
    else
        m_dead[m_random.bounded(m_dead.size())] = cookie;
}

void Visitors::forget(Visitor &visitor)
{
    visitor.cookie.clear();
    visitor.isUnsure = false;
    visitor.least = visitor.most = 0;
}
