// SPDX-License-Identifier: MIT
#pragma once

#include "httpresponse.h"

#include <QtCore/QEventLoop>
#include <QtCore/QMap>
#include <QtCore/QTimer>
#include <QtNetwork/QSslSocket>
#include <QtTest/QTest>

/// One connection to a server in this thread, byte by byte.
class HttpClient
{
public:
    static constexpr int Timeout = 5000;

    explicit HttpClient(quint16 port, bool tls = false)
    {
        m_socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        if (tls)
            m_socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port);
        else
            m_socket.connectToHost(QStringLiteral("127.0.0.1"), port);
        waitUntil([&] { return tls ? m_socket.isEncrypted() : m_socket.state() == QAbstractSocket::ConnectedState; });
    }

    /// Headers of \a name: value pairs; \a cookie is the whole Cookie header.
    static QByteArray message(const QByteArray &method, const QByteArray &target, const QByteArray &cookie = {},
                              const QByteArray &body = {}, const QByteArrayList &headers = {})
    {
        QByteArray text = method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\n";
        if (!cookie.isNull())
            text += "Cookie: " + cookie + "\r\n";
        for (const QByteArray &header : headers)
            text += header + "\r\n";
        if (!body.isEmpty())
            text += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
        return text + "\r\n" + body;
    }

    void send(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        m_socket.flush();
    }
    /// The next response; status 0 if the server closes the connection or does not answer in time.
    HttpResponse read(int timeout = Timeout)
    {
        HttpResponse response;
        waitUntil([&] { return parse(response) || m_socket.state() == QAbstractSocket::UnconnectedState; }, timeout);
        return response;
    }
    HttpResponse request(const QByteArray &method, const QByteArray &target, const QByteArray &cookie = {},
                         const QByteArray &body = {}, const QByteArrayList &headers = {})
    {
        send(message(method, target, cookie, body, headers));
        return read();
    }
    HttpResponse get(const QByteArray &target, const QByteArray &cookie = {}, const QByteArrayList &headers = {})
    {
        return request("GET", target, cookie, {}, headers);
    }

    /// Leaves with FIN, or with RST at once.
    void close() { m_socket.disconnectFromHost(); }
    void abort()
    {
        m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
        m_socket.abort();
    }

    QSslSocket &socket() { return m_socket; }

    /// Runs the event loop until \a done() or \a timeout (ms).
    template<class Done>
    static bool waitUntil(Done &&done, int timeout = Timeout)
    {
        QDeadlineTimer deadline(timeout);
        while (!done()) {
            if (deadline.hasExpired())
                return false;
            QEventLoop loop;
            QTimer::singleShot(1, &loop, &QEventLoop::quit);
            loop.exec();
        }
        return true;
    }

private:
    bool parse(HttpResponse &response)
    {
        m_received += m_socket.readAll();
        return response.take(m_received);
    }

    QSslSocket m_socket;
    QByteArray m_received;
};

/// A visitor who keeps cookies, on a connection that is kept alive.
class Visitor
{
public:
    explicit Visitor(quint16 port) : m_client(port) { }

    HttpResponse request(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
                         const QByteArrayList &headers = {})
    {
        const HttpResponse response = m_client.request(method, target, cookieHeader(), body, headers);
        for (const QByteArray &cookie : response.values("set-cookie")) {
            const QByteArray pair = cookie.split(';').first();
            const qsizetype equals = pair.indexOf('=');
            if (cookie.contains("Max-Age=0;"))
                cookies.remove(pair.first(equals));
            else
                cookies.insert(pair.first(equals), pair.sliced(equals + 1));
        }
        return response;
    }
    HttpResponse get(const QByteArray &target) { return request("GET", target); }

    QByteArray cookieHeader() const
    {
        QByteArrayList pairs;
        for (auto it = cookies.begin(); it != cookies.end(); ++it)
            pairs += it.key() + '=' + it.value();
        return pairs.isEmpty() ? QByteArray() : pairs.join("; ");
    }

    QMap<QByteArray, QByteArray> cookies;

private:
    HttpClient m_client;
};
