// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/SessionStore>
#include <Sojourn/livetls.h>
#include <Sojourn/sojournlive_export.h>

namespace Sojourn {

class LiveServerPrivate;

/// Shows a store of this application to other programs of the same user: the inspector, the command line, any LiveStore.
///
///     Sojourn::LiveServer live(store);
///     const auto open = live.listen("shop"); // now `sojourn --store live:shop list` works; the result says what is wrong
///
/// It listens on a local socket (QLocalServer) in a folder that only this user may enter ($XDG_RUNTIME_DIR/sojourn, or
/// sojourn-UID among the temporary files), and looks at the peer's user as well where the system tells it. Connections that say
/// nothing are dropped after a few seconds, and before they keep anyone out. What clients do costs the application bounded time
/// in each turn of its event loop and bounded memory: a client that does not read what it asked for is not listened to, and one
/// that does not read events loses them and is told so.
///
/// On another machine it can be seen over TLS, if listenTls() is called: never by itself.
///
///     Sojourn::LiveTlsOptions tls{.certificateFile = "/etc/shop/live.crt", .keyFile = "/etc/shop/live.key", .token = secret};
///     const auto open = live.listenTls("0.0.0.0", 7443, tls); // sojourn --store live+tls://web1:7443?token-file=FILE list
///
/// Who has not proved that it may come in holds 32 connections at most, 8 of one address, for a few seconds, and is sent nothing
/// of the store.
///
/// Lives in the thread of its store (with a MemoryStore: any), which needs an event loop.
class SOJOURN_LIVE_EXPORT LiveServer final : public QObject
{
    Q_OBJECT
public:
    /// Pass a ReadOnlyStore to let clients look only.
    explicit LiveServer(std::shared_ptr<SessionStore> store, QObject *parent = nullptr);
    ~LiveServer() override;

    /// Whether \a name can be the name of an application: 1 to 64 of the characters A-Z a-z 0-9 . _ - (otherwise Error::Invalid).
    [[nodiscard]] static Result<void> checkName(const QString &name);

    /// Makes the store known as live:\a name. The socket that a dead process left is taken over; Error::Exists if a living one
    /// has the name, Error::Invalid if it is no name, Error::Unavailable if the system refuses.
    [[nodiscard]] Result<void> listen(const QString &name);

    /// Makes the store known as live+tls://HOST:\a port to those who can log in as \a options say, beside listen() or without it.
    /// \a address is one IP address of this machine, or 0.0.0.0 or :: for all; a \a port of 0 takes any that is free.
    /// Error::Invalid if \a options have neither token nor client certificates, a token that can be guessed, a file that cannot
    /// be used, a key of another certificate or a certificate that has run out; Error::Unsupported if this Qt has no TLS;
    /// Error::Unavailable if the system refuses. Reads the files once: call it again when a certificate was renewed.
    [[nodiscard]] Result<void> listenTls(const QString &address, quint16 port, const LiveTlsOptions &options);

    /// Lets go of all clients, of the name and of the port.
    void close();

    /// Of the last successful listen(), null after close().
    [[nodiscard]] QString name() const;
    /// Of the last successful listenTls(), 0 after close().
    [[nodiscard]] quint16 tlsPort() const;
    /// How many programs are connected.
    [[nodiscard]] int clientCount() const;

private:
    std::unique_ptr<LiveServerPrivate> d;
};

} // namespace Sojourn
