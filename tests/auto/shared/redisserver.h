// SPDX-License-Identifier: MIT
#pragma once

#include "tlsauthority.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QProcess>
#include <QtCore/QRandomGenerator>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

#include <csignal>
#ifdef __linux__
#include <sys/prctl.h>
#endif

/// A process of the server's program, on a free port and in a folder of its own.
class ServerProcess
{
public:
    ~ServerProcess() { kill(); }

    /// Not one of those that systems give to outgoing connections: another program could get it before the server listens.
    static quint16 freePort()
    {
        QTcpServer finder;
        while (!finder.listen(QHostAddress::LocalHost, quint16(QRandomGenerator::system()->bounded(15'000, 32'000)))) { }
        return finder.serverPort();
    }

    /// Whether \a condition holds within \a milliseconds: many, as it is only waited for on a machine that is busy.
    template<class Condition>
    static bool soon(Condition condition, int milliseconds = 60'000)
    {
        const QDeadlineTimer deadline(milliseconds);
        while (!condition()) {
            if (deadline.hasExpired())
                return false;
            QThread::msleep(10);
        }
        return true;
    }

    quint16 port() const { return m_port; }
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

protected:
    bool run(const QString &program, const QStringList &arguments)
    {
        m_process.setWorkingDirectory(m_folder.path());
#ifdef __linux__
        // However the test program ends, it leaves no server behind.
        m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
#endif
        m_process.start(program, arguments);
        return m_process.waitForStarted();
    }
    bool isReadySoon() const
    {
        const auto answers = [this] {
            const QByteArray answer = ask({"PING"});
            return answer.contains("PONG") || answer.contains("NOAUTH");
        };
        bool ready = false;
        return soon([&] { return (ready = answers()) || m_process.state() != QProcess::Running; }) && ready;
    }

    QTemporaryDir m_folder;

private:
    QProcess m_process;
    const quint16 m_port = freePort();
};

/// Certificates of servers, of an authority of their own: "server" for 127.0.0.1, "other" for another host, "old" that has run
/// out.
class TlsFiles
{
public:
    /// \return whether there are any: it takes openssl.
    bool make()
    {
        return m_authority.make() && m_authority.issue(QStringLiteral("server"), QStringLiteral("IP:127.0.0.1"))
            && m_authority.issue(QStringLiteral("other"), QStringLiteral("DNS:redis.example"))
            && m_authority.issue(QStringLiteral("old"), QStringLiteral("IP:127.0.0.1"), -1);
    }
    /// Of the authority.
    QString certificate() const { return m_authority.certificate(QStringLiteral("ca")); }
    /// The settings of a server that has the certificate \a name.
    QList<QStringList> identity(const QString &name) const
    {
        return {{QStringLiteral("tls-cert-file"), m_authority.certificate(name)},
                {QStringLiteral("tls-key-file"), m_authority.key(name)}};
    }
    /// Those of one that listens at \a port with TLS, and reaches others so.
    QList<QStringList> settings(quint16 port) const
    {
        return identity(QStringLiteral("server"))
             + QList<QStringList>{{QStringLiteral("tls-port"), QString::number(port)},
                                  {QStringLiteral("tls-ca-cert-file"), certificate()},
                                  {QStringLiteral("tls-auth-clients"), QStringLiteral("no")},
                                  {QStringLiteral("tls-replication"), QStringLiteral("yes")}};
    }

private:
    TlsAuthority m_authority;
};

/// A Redis or Valkey server for one test program, on a free port and a Unix socket, with nothing in it.
class RedisServer : public ServerProcess
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
    explicit RedisServer(const QStringList &options = {}, const TlsFiles *tls = nullptr)
        : m_tlsPort(tls ? freePort() : 0), m_options(options + optionsOf(tls, m_tlsPort))
    { }

    /// Where clients and other servers are to reach it.
    quint16 servedPort() const { return m_tlsPort ? m_tlsPort : port(); }

    QString socketPath() const { return m_folder.filePath(QStringLiteral("socket")); }

    /// \return whether it is ready; also after kill(), on the same port.
    bool start(bool waitUntilReady = true)
    {
        const QStringList arguments = {QStringLiteral("--port"),       QString::number(port()),
                                       QStringLiteral("--bind"),       QStringLiteral("127.0.0.1"),
                                       QStringLiteral("--unixsocket"), socketPath(),
                                       QStringLiteral("--save"),       QString()};
        return run(program(), arguments + m_options) && (!waitUntilReady || isReadySoon());
    }

private:
    static QStringList optionsOf(const TlsFiles *tls, quint16 port)
    {
        QStringList options;
        for (const QStringList &setting : tls ? tls->settings(port) : QList<QStringList>())
            options += {QStringLiteral("--") + setting[0], setting[1]};
        return options;
    }

    const quint16 m_tlsPort;
    const QStringList m_options;
};
