// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/LiveServer>
#include <Sojourn/LiveStore>
#include <Sojourn/MemoryStore>

#include <QtCore/QCoreApplication>
#include <QtCore/QSemaphore>
#include <QtCore/QThread>

/// An application with a live memory store: its event loop runs in a thread of its own, so that tests may block.
class LiveHost
{
public:
    /// Listens under \a name, and where \a tls are given on a free port of 127.0.0.1 too.
    explicit LiveHost(const QString &name = freshName(), Sojourn::Clock clock = {},
                      const std::optional<Sojourn::LiveTlsOptions> &tls = {})
        : m_name(name), m_tls(tls)
    {
        m_store->setClock(std::move(clock));
        m_context.moveToThread(&m_thread);
        m_thread.start();
        start();
    }
    ~LiveHost()
    {
        stop();
        m_thread.quit();
        m_thread.wait();
    }
    Q_DISABLE_COPY_MOVE(LiveHost)

    /// A name that nobody else uses.
    static QString freshName()
    {
        static int count = 0;
        return QStringLiteral("test-%1-%2").arg(QCoreApplication::applicationPid()).arg(++count);
    }

    void start()
    {
        run([this] {
            m_server = std::make_unique<Sojourn::LiveServer>(m_store);
            if (const auto listening = m_server->listen(m_name); !listening)
                qFatal("%s", qPrintable(listening.error().text));
            if (!m_tls)
                return;
            if (const auto listening = m_server->listenTls(QStringLiteral("127.0.0.1"), m_port, *m_tls); !listening)
                qFatal("%s", qPrintable(listening.error().text));
            m_port = m_server->tlsPort();
        });
    }
    void stop()
    {
        run([this] { m_server.reset(); });
    }

    /// Runs \a function in the application's thread, and returns when it is done.
    void run(const std::function<void()> &function)
    {
        QMetaObject::invokeMethod(&m_context, function, Qt::BlockingQueuedConnection);
    }

    /// Holds the application's thread up while it lives, and then has it do \a afterwards before anything else.
    class Pause
    {
    public:
        explicit Pause(LiveHost &host, const std::function<void()> &afterwards = {})
        {
            QMetaObject::invokeMethod(
                &host.m_context,
                [this, afterwards] {
                    m_busy.release();
                    m_end.acquire();
                    if (afterwards)
                        afterwards();
                    m_busy.release();
                },
                Qt::QueuedConnection);
            m_busy.acquire();
        }
        ~Pause()
        {
            m_end.release();
            m_busy.acquire();
        }
        Q_DISABLE_COPY_MOVE(Pause)

    private:
        QSemaphore m_busy, m_end;
    };

    QString name() const { return m_name; }
    quint16 port() const { return m_port; }
    Sojourn::MemoryStore &store() { return *m_store; }
    std::unique_ptr<Sojourn::LiveServer> &server() { return m_server; }

private:
    QString m_name;
    std::optional<Sojourn::LiveTlsOptions> m_tls;
    quint16 m_port = 0; // the same after a new start
    QThread m_thread;
    QObject m_context; // lives in that thread
    std::shared_ptr<Sojourn::MemoryStore> m_store = std::make_shared<Sojourn::MemoryStore>();
    std::unique_ptr<Sojourn::LiveServer> m_server;
};
