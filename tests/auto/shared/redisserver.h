// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QDeadlineTimer>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

#include <csignal>

/// A Redis or Valkey server for one test program, on a free port and a Unix socket, with nothing in it.
class RedisServer
{
public:
    /// The server of this machine; empty if there is none.
    static QString program()
    {
        for (const char *name : {"redis-server", "valkey-server"}) {
            if (const QString path = QStandardPaths::findExecutable(QLatin1StringView(name)); !path.isEmpty())
                return path;
        }
        return {};
    }

    /// \a options are those of the configuration file, each with "--" in front.
    explicit RedisServer(const QStringList &options = {}) : m_options(options), m_port(freePort()) { }
    ~RedisServer() { kill(); }

    static quint16 freePort()
    {
        QTcpServer finder;
        finder.listen(QHostAddress::LocalHost);
        return finder.serverPort();
    }

    quint16 port() const { return m_port; }
    QString socketPath() const { return m_folder.filePath(QStringLiteral("socket")); }

    /// \return whether it is ready; also after kill(), on the same port.
    bool start(bool waitUntilReady = true)
    {
        m_process.setWorkingDirectory(m_folder.path());
        m_process.start(program(), QStringList{QStringLiteral("--port"), QString::number(m_port), QStringLiteral("--bind"),
                                               QStringLiteral("127.0.0.1"), QStringLiteral("--unixsocket"), socketPath(),
                                               QStringLiteral("--save"), QString()}
                                       + m_options);
        if (!m_process.waitForStarted())
            return false;
        const QDeadlineTimer deadline(10'000);
        while (waitUntilReady && !ask({"PING"}).contains("PONG") && !ask({"PING"}).contains("NOAUTH")) {
            if (deadline.hasExpired() || m_process.state() != QProcess::Running)
                return false;
            QThread::msleep(10);
        }
        return true;
    }
    /// Ends it as kill -9 does; what it was not told to write to a file is lost.
    void kill()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.kill();
        m_process.waitForFinished();
    }
    /// The server stands still, with its connections open, until proceed().
    void stall() { ::kill(pid_t(m_process.processId()), SIGSTOP); }
    void proceed() { ::kill(pid_t(m_process.processId()), SIGCONT); }

    /// The server's raw answer to a command over a connection of its own; empty if there is none.
    QByteArray ask(const QByteArrayList &command, const QByteArrayList &before = {}) const
    {
        return ask(m_port, command, before);
    }
    static QByteArray ask(quint16 port, const QByteArrayList &command, const QByteArrayList &before = {})
    {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, port);
        if (!socket.waitForConnected(1000))
            return {};
        QByteArray answer;
        for (const QByteArrayList &one : {before, command}) {
            if (one.isEmpty())
                continue;
            QByteArray text = '*' + QByteArray::number(one.size()) + "\r\n";
            for (const QByteArray &part : one)
                text += '$' + QByteArray::number(part.size()) + "\r\n" + part + "\r\n";
            socket.write(text);
            if (!socket.waitForReadyRead(20'000))
                return {};
            answer = socket.readAll();
        }
        return answer;
    }

private:
    QTemporaryDir m_folder;
    QStringList m_options;
    QProcess m_process;
    quint16 m_port = 0;
};
