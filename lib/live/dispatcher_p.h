// SPDX-License-Identifier: MIT
#pragma once

#include "frame_p.h"

namespace Sojourn::Wire {

/// Does on a store what a client asks for in its frames.
class SOJOURN_LIVE_EXPORT Dispatcher : public QObject
{
    Q_OBJECT
public:
    /// The aim for the size of a page: what does not fit is left for the next one.
    static constexpr qsizetype PageSize = 1024 * 1024;

    /// For a client of whom the connection itself has proved to be \a proven, empty for nothing.
    explicit Dispatcher(std::shared_ptr<SessionStore> store, QObject *parent = nullptr, const QString &proven = {});

    /// Starts the operation that \a payload asks for. Returns false, having done nothing, if \a payload is no request.
    [[nodiscard]] bool handle(const QByteArray &payload);

    /// Operations that are not answered yet.
    [[nodiscard]] int waiting() const { return m_waiting; }

Q_SIGNALS:
    /// The frame that answers a request; possibly before handle() returns.
    void answered(const QByteArray &frame);
    /// The client wants events from now on.
    void subscribed();

private:
    template<class T>
    void answer(quint64 id, Task<T> task);
    template<class T, class... Args>
    bool call(quint64 id, Payload &in, Task<T> (SessionStore::*operation)(Args...));
    bool hello(quint64 id, Payload &in);
    bool ping(quint64 id, Payload &in);
    bool list(quint64 id, Payload &in);
    void listPage(quint64 id, const SessionQuery &query);
    bool removeExpired(quint64 id, Payload &in);
    void sweep(quint64 id, int left, qint64 removed);
    bool subscribe(quint64 id, Payload &in);

    std::shared_ptr<SessionStore> m_store;
    const QString m_proven;
    QString m_author; // as the client says, behind what is proved; nobody for an application
    int m_waiting = 0;
};

} // namespace Sojourn::Wire
