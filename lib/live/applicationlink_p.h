// SPDX-License-Identifier: MIT
#pragma once

#include "frame_p.h"

#include <Sojourn/livetls.h>

#include <memory>

namespace Sojourn::Wire {

/// Who listens for events and hears nothing for so long asks whether the application is still there. Tests make it shorter.
SOJOURN_LIVE_EXPORT extern std::chrono::milliseconds heartbeatInterval;

/// A client's end of a connection to an application, whatever carries it. Opened again and again.
class ApplicationLink : public QObject
{
    Q_OBJECT
public:
    /// Over the local socket of the application \a name.
    [[nodiscard]] static std::unique_ptr<ApplicationLink> toName(const QString &name);
    [[nodiscard]] static std::unique_ptr<ApplicationLink> toAddress(const LiveTlsAddress &address);

    using QObject::QObject;

    /// What errors call the application.
    [[nodiscard]] virtual QString name() const = 0;
    /// Whether the application is perhaps on another machine, with another clock, and begins with a Challenge.
    [[nodiscard]] virtual bool isRemote() const = 0;
    [[nodiscard]] virtual QIODevice &device() = 0;

    /// Begins to connect; without success closed() comes, perhaps before this returns.
    virtual void open() = 0;
    [[nodiscard]] virtual bool isOpen() const = 0;
    /// Ends the connection without a signal.
    virtual void abort() = 0;
    /// Waits until there is something to read, or for closed(), which it may emit.
    virtual void wait(std::chrono::milliseconds timeout) = 0;
    /// Whether the other end is one that may be talked to.
    [[nodiscard]] virtual Result<void> checkPeer() = 0;
    /// What answers a Challenge with \a nonce.
    [[nodiscard]] virtual Result<QByteArray> proof(const QByteArray &nonce) = 0;
    /// Why a connection was closed that had not brought a greeting yet.
    [[nodiscard]] virtual Error whyUnreachable() const = 0;

Q_SIGNALS:
    void readyRead();
    void closed();
};

} // namespace Sojourn::Wire
