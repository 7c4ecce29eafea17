// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QPointer>
#include <QtCore/QRandomGenerator>
#include <QtCore/QThread>
#include <QtCore/QTimer>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

#include <atomic>

/// A bad line to a server on this machine. It works in a thread of its own, so that the test may block.
class FaultyProxy
{
public:
    explicit FaultyProxy(quint16 server)
    {
        m_listener.moveToThread(&m_thread);
        QObject::connect(&m_listener, &QTcpServer::newConnection, &m_listener, [this, server] {
            while (QTcpSocket *client = m_listener.nextPendingConnection())
                join(client, server);
        });
        m_thread.start();
        onThread([this] { m_listener.listen(QHostAddress::LocalHost); });
        m_port = m_listener.serverPort();
    }
    ~FaultyProxy()
    {
        onThread([this] {
            m_listener.close();
            qDeleteAll(m_listener.findChildren<QTcpSocket *>());
        });
        m_thread.quit();
        m_thread.wait();
    }

    quint16 port() const { return m_port; }

    std::atomic<int> delay = 0;     ///< ms that each part of a reply is held up
    std::atomic<int> pieces =
        0;    ///< replies come in pieces, the first of at most this many bytes, later ones larger; 0: as they are
    std::atomic<int> cutAfter = -1; ///< the connection ends after that many more bytes of replies; -1: it stays

    std::atomic<bool> mutesEvents = false; ///< connections on which a SUBSCRIBE was sent stay open but are silent

    std::atomic<int> clockBehind = 0; ///< s by which the server's answers to TIME are behind

    /// The connections that there are stay open, and nothing goes through them any more.
    void freeze()
    {
        onThread([this] {
            for (QTcpSocket *socket : m_listener.findChildren<QTcpSocket *>())
                QObject::disconnect(socket, &QTcpSocket::readyRead, nullptr, nullptr);
        });
    }

    /// Ends all connections.
    void cut()
    {
        onThread([this] {
            for (QTcpSocket *socket : m_listener.findChildren<QTcpSocket *>())
                socket->abort();
        });
    }

private:
    template<class F>
    void onThread(F &&what)
    {
        QMetaObject::invokeMethod(&m_listener, std::forward<F>(what), Qt::BlockingQueuedConnection);
    }

    void join(QTcpSocket *client, quint16 port)
    {
        auto *server = new QTcpSocket(&m_listener);
        client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        server->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        server->connectToHost(QHostAddress::LocalHost, port);
        QObject::connect(client, &QTcpSocket::readyRead, server, [client, server] {
            const QByteArray text = client->readAll();
            if (text.contains("SUBSCRIBE"))
                client->setObjectName(QStringLiteral("subscriber"));
            server->write(text);
        });
        QObject::connect(server, &QTcpSocket::readyRead, client, [this, client, server] {
            QTimer::singleShot(delay.load(), Qt::PreciseTimer, client,
                               [this, client, text = server->readAll()] { deliver(client, text); });
        });
        QObject::connect(client, &QTcpSocket::disconnected, server, &QTcpSocket::abort);
        QObject::connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::abort);
        QObject::connect(server, &QTcpSocket::errorOccurred, client, &QTcpSocket::abort);
    }

    void deliver(QTcpSocket *client, QByteArray text)
    {
        if (mutesEvents && !client->objectName().isEmpty())
            return;
        constexpr QByteArrayView time("*2\r\n$10\r\n"); // then come the seconds
        if (const qsizetype at = text.indexOf(time); clockBehind != 0 && at >= 0)
            text.replace(at + time.size(), 10, QByteArray::number(text.mid(at + time.size(), 10).toLongLong() - clockBehind));
        const int first = pieces;
        for (int largest = first; !text.isEmpty() && client->state() == QAbstractSocket::ConnectedState; largest *= 2) {
            qsizetype size = first > 0 ? QRandomGenerator::global()->bounded(1, largest + 1) : text.size();
            size = std::min(size, text.size());
            if (const int left = cutAfter; left >= 0) {
                size = std::min<qsizetype>(size, left);
                cutAfter = left - int(size);
            }
            client->write(text.first(size));
            client->flush();
            text.remove(0, size);
            if (cutAfter == 0) {
                cutAfter = -1;
                client->abort();
            } else if (first > 0) {
                QThread::usleep(50);
            }
        }
    }

    QThread m_thread;
    QTcpServer m_listener;
    quint16 m_port = 0;
};
