// SPDX-License-Identifier: MIT
#pragma once

#include "frame_p.h"
#include "peerlink_p.h"

#include <Sojourn/livetls.h>

#include <QtCore/QTimer>

#include <memory>
#include <vector>

QT_BEGIN_NAMESPACE
class QSslSocket;
class QTcpServer;
QT_END_NAMESPACE

namespace Sojourn::Wire {

/// Lets clients in over TLS. Until they have logged in they cost little and keep nobody out: so many at most, fewer of one
/// address, for a few seconds, with a message of a few bytes.
class TlsListener final : public QObject
{
    Q_OBJECT
public:
    static constexpr int MaxPending = 32;
    /// Of one IPv4 address, or of one IPv6 network of 64 bits.
    static constexpr int MaxPendingOfOrigin = 8;

    explicit TlsListener(QObject *parent);
    ~TlsListener() override;

    [[nodiscard]] Result<void> listen(const QString &address, quint16 port, const LiveTlsOptions &options);
    void close();
    /// 0 while it does not listen.
    [[nodiscard]] quint16 port() const;

    /// Begins one handshake, the one costly step, if a client waits for it. Returns whether there was one.
    bool step();

Q_SIGNALS:
    /// step() has something to do.
    void ready();
    /// A client proved that it may come in. \a link is the receiver's; \a who says in English for a log how it did.
    void loggedIn(Sojourn::Wire::PeerLink *link, const QString &who);
    void refused(const QString &address, const QString &why);

private:
    struct Settings;
    struct Pending;

    void accept();
    void makeRoomFor(const QByteArray &origin);
    void checkCertificate(Pending &pending);
    void readProof(Pending &pending);
    void letIn(Pending &pending, const QString &how);
    void refuse(Pending &pending, const Error &why);
    void drop(Pending &pending);
    void tick();

    std::unique_ptr<Settings> m_settings;
    QTcpServer *m_server = nullptr;
    std::vector<std::unique_ptr<Pending>> m_pending; // those that came first in front
    QTimer m_tick{this};
};

} // namespace Sojourn::Wire
