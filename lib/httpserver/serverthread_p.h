// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QMutex>
#include <QtCore/QObject>
#include <QtHttpServer/qhttpserver.h>

#include <memory>

namespace Sojourn {

/// Runs functions in the thread of a server, from any thread, while the server lives.
class ServerThread
{
public:
    /// The thread of \a server, which gets a child called \a name.
    static std::shared_ptr<ServerThread> of(QHttpServer *server, const QString &name)
    {
        auto thread = std::make_shared<ServerThread>();
        thread->m_context = new QObject(server);
        thread->m_context->setObjectName(name);
        QObject::connect(thread->m_context, &QObject::destroyed, [thread] {
            const QMutexLocker lock(&thread->m_mutex);
            thread->m_last = thread->m_context->thread();
            thread->m_context = nullptr;
        });
        return thread;
    }

    /// Whether the caller is in this thread, or that in which the server went.
    bool isCurrent() const
    {
        const QMutexLocker lock(&m_mutex);
        return (m_context ? m_context->thread() : m_last) == QThread::currentThread();
    }
    bool isGone() const
    {
        const QMutexLocker lock(&m_mutex);
        return !m_context;
    }
    /// Runs \a function there, later; drops it if the server is gone or goes meanwhile.
    template<class F>
    void post(F &&function)
    {
        const QMutexLocker lock(&m_mutex);
        if (m_context)
            QMetaObject::invokeMethod(m_context, std::forward<F>(function), Qt::QueuedConnection);
    }

private:
    mutable QMutex m_mutex;
    QObject *m_context = nullptr;
    const QThread *m_last = nullptr;
};

} // namespace Sojourn
