// SPDX-License-Identifier: MIT
#pragma once

#include "dispatcher_p.h"

#include <QtCore/QTimer>

namespace Sojourn::Wire {

class PeerLink;

/// A client that has asked for nothing after three of these is dropped. Tests make them shorter.
SOJOURN_LIVE_EXPORT extern std::chrono::milliseconds handshakeTick;

/// One client of a LiveServer.
class LiveClient final : public QObject
{
    Q_OBJECT
public:
    /// Greets the client at the other end of \a link, which has proved to be \a proven, and owns it.
    LiveClient(PeerLink *link, const std::shared_ptr<SessionStore> &store, QObject *parent, const QString &proven = {});

    /// Starts one request if there is one. Returns whether it is worth calling again at once. What the request does to the
    /// store may make the application dismiss() this client, or run an event loop, before this returns.
    bool step();

    /// Ends the connection without a signal, and deletes the client as soon as it does nothing any more.
    void dismiss();

    /// Sends \a frames with events unless too much waits to be read already.
    void sendEvents(const QByteArray &frames);
    /// Tells the client, once it reads again, that events are missing.
    void loseEvents();
    /// Tells the state of the store behind, once the client reads again: the last one.
    void sendAvailability(bool available);

    /// Whether the connection has proved who it is, as those over TLS do.
    [[nodiscard]] bool isRemote() const { return m_isRemote; }
    /// Whether it has sent a whole request.
    [[nodiscard]] bool hasSpoken() const { return m_spoken; }
    [[nodiscard]] bool isSubscribed() const { return m_subscribed; }
    /// Whether it is subscribed and reads.
    [[nodiscard]] bool takesEvents() const;

Q_SIGNALS:
    /// step() may have something to do.
    void ready();
    void subscribed();
    /// The client sent something that is no request, and was dropped.
    void misbehaved();
    void closed();

private:
    bool handle(const QByteArray &request);
    bool isBehind() const;
    /// Tells what waited because too much was unread.
    void catchUp();

    PeerLink *m_link;
    Dispatcher m_dispatcher;
    FrameReader m_reader;
    qsizetype m_requestLimit;
    const bool m_isRemote;
    QTimer m_handshake;
    int m_ticks = 0;    // of m_handshake
    int m_handling = 0; // calls of handle() that have not returned
    bool m_dismissed = false;
    bool m_spoken = false;
    bool m_subscribed = false;
    bool m_lostEvents = false;
    std::optional<bool> m_availability; // not told yet
};

} // namespace Sojourn::Wire
