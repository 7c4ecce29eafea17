// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QIODevice>

namespace Sojourn::Wire {

/// The application's end of a connection, whatever carries it.
class PeerLink : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    ~PeerLink() override;

    [[nodiscard]] virtual QIODevice &device() = 0;
    [[nodiscard]] virtual bool isConnected() const = 0;
    /// Bytes that were written and have not left yet.
    [[nodiscard]] virtual qint64 unsent() const = 0;
    virtual void setReadBufferSize(qint64 size) = 0;
    /// Ends the connection at once.
    virtual void abort() = 0;
    /// Ends the connection when all is sent.
    virtual void finish() = 0;

Q_SIGNALS:
    void readyRead();
    /// Less is unsent than before.
    void written();
    void closed();
};

/// A PeerLink over a QLocalSocket or a QSslSocket, which it owns.
template<class Socket>
class SocketLink final : public PeerLink
{
public:
    explicit SocketLink(Socket *socket) : m_socket(socket)
    {
        m_socket->setParent(this);
        connect(m_socket, &QIODevice::readyRead, this, &PeerLink::readyRead);
        connect(m_socket, &QIODevice::bytesWritten, this, &PeerLink::written);
        connect(m_socket, &Socket::disconnected, this, &PeerLink::closed);
        if constexpr (isEncrypted)
            connect(m_socket, &Socket::encryptedBytesWritten, this, &PeerLink::written);
    }

    QIODevice &device() override { return *m_socket; }
    bool isConnected() const override { return m_socket->state() == Socket::ConnectedState; }
    qint64 unsent() const override
    {
        if constexpr (isEncrypted)
            return m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite();
        else
            return m_socket->bytesToWrite();
    }
    void setReadBufferSize(qint64 size) override { m_socket->setReadBufferSize(size); }
    void abort() override { m_socket->abort(); }
    void finish() override
    {
        if constexpr (isEncrypted)
            m_socket->disconnectFromHost();
        else
            m_socket->disconnectFromServer();
    }

private:
    static constexpr bool isEncrypted = requires(Socket socket) { socket.encryptedBytesToWrite(); };

    Socket *m_socket;
};

} // namespace Sojourn::Wire
