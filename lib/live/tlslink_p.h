// SPDX-License-Identifier: MIT
#pragma once

#include "applicationlink_p.h"

#include <QtCore/QThread>

namespace Sojourn::Wire {

class TlsDevice;
struct TlsPipe;
class TlsWorker;

/// A connection over TLS. Its socket lives in a thread of its own: neither looking up a host nor a handshake holds up anybody,
/// and what waits without an event loop gets on.
class TlsLink final : public ApplicationLink
{
    Q_OBJECT
public:
    explicit TlsLink(const LiveTlsAddress &address);
    ~TlsLink() override;

    QString name() const override { return m_name; }
    bool isRemote() const override { return true; }
    QIODevice &device() override;
    void open() override;
    bool isOpen() const override { return m_pipe != nullptr; }
    void abort() override;
    void wait(std::chrono::milliseconds timeout) override;
    Result<void> checkPeer() override { return {}; } // the worker does, before anything is read
    Result<QByteArray> proof(const QByteArray &nonce) override;
    Error whyUnreachable() const override;

    /// Tells what the worker brought.
    void deliver();

private:
    friend class TlsDevice;

    void closeIfOver();

    LiveTlsAddress m_address;
    QString m_name;
    TlsDevice *m_device;
    std::shared_ptr<TlsPipe> m_pipe; // null while there is no connection, nor one under way
    TlsWorker *m_worker = nullptr;   // in the thread
    std::optional<Error> m_error;    // of the last connection
    QThread m_thread{this};
};

} // namespace Sojourn::Wire
