// SPDX-License-Identifier: MIT
#pragma once

#include "sessionmanager_p.h"

#include <atomic>

namespace Sojourn {

class ServerThread;

/// An answer that goes on after its headers. Works in the thread of its server; what comes from others is posted there.
class Stream : public std::enable_shared_from_this<Stream>
{
public:
    enum class Kind : quint8 {
        Data,  ///< what leaves is activity of the session
        Events ///< none; the stream ends with the session
    };
    using Headers = QList<std::pair<QByteArray, QByteArray>>;

    Stream(Kind kind, Headers headers, std::shared_ptr<ServerThread> thread);
    /// A stream of all that \a device has.
    Stream(std::unique_ptr<QIODevice> device, Headers headers, std::shared_ptr<ServerThread> thread);
    ~Stream();

    // In any thread.
    bool write(const QByteArray &data);
    void end();
    [[nodiscard]] bool isOpen() const { return m_open.load(std::memory_order_acquire); }
    [[nodiscard]] qint64 bytesToWrite() const;
    [[nodiscard]] static QByteArray event(const QByteArray &data, const QByteArray &type, const QByteArray &id);

    // In the thread of the server.
    void onClosed(QObject *context, std::function<void()> closed);
    /// The device cannot be read: there is nothing to answer with.
    [[nodiscard]] bool hasFailed() const { return m_failed; }
    /// The session is saved: \a response is the head that leaves, with the headers that the session added.
    void begin(QHttpServer *server, Compat::Channel &channel, const Visit &visit, QHttpServerResponse &response,
               const QHttpServerRequest *request, const std::shared_ptr<SessionManagerPrivate> &manager);
    /// Nobody waits any more, or the visitor got another answer.
    void close();

    /// With more than this unsent a stream of events is given up: its visitor, who connects again, does not read.
    static constexpr qint64 MostUnsentEvents = 1024 * 1024;

    /// What goes when the stream has ended whose bytes leave through \a connection; null if none is under way.
    [[nodiscard]] static QObject *ofConnection(const QObject *connection);

    /// The response that the session's headers are added to.
    [[nodiscard]] QHttpServerResponse head(QHttpServerResponse::StatusCode status) const;

private:
    class DeviceReader;

    template<class F>
    auto whileOpen(F slot);
    void watch(const SessionState &session);
    void append(const QByteArray &data);
    void finish();
    static void abortIfStuck(QAbstractSocket *socket);
    void readOn();
    void touch();
    [[nodiscard]] Headers headersOf(QHttpServerResponse &response) const;

    static constexpr qsizetype BlockSize = 64 * 1024;
    static constexpr std::chrono::seconds HeartBeat{15}; ///< of events: a proxy does not give up, and a lost visitor is noticed

    const Kind m_kind;
    const Headers m_headers;
    const std::shared_ptr<ServerThread> m_thread;
    std::atomic<bool> m_open = true;
    std::atomic<bool> m_endWanted = false;
    std::atomic<qint64> m_queued = 0;   ///< not given to the connection yet
    std::atomic<qint64> m_inSocket = 0; ///< given, but not sent

    std::shared_ptr<Stream> m_self;      ///< while it is under way
    std::shared_ptr<SessionManagerPrivate> m_manager;
    std::shared_ptr<Compat::Body> m_body; ///< from begin() on
    std::unique_ptr<QIODevice> m_device;
    qint64 m_left = -1;                  ///< of a device of known size
    QByteArray m_early;                  ///< what came before the headers
    QPointer<QObject> m_owner;           ///< for connections, timers and the session
    std::vector<std::pair<QPointer<QObject>, std::function<void()>>> m_closed;
    bool m_failed = false;
    bool m_touches = false;
    bool m_complete = false;             ///< nothing more is to come
};

} // namespace Sojourn
