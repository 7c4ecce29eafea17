// SPDX-License-Identifier: MIT
#include "applicationlink_p.h"

#include "localpeer_p.h"
#include "tlslink_p.h"

#include <QtNetwork/QLocalSocket>

namespace Sojourn::Wire {

namespace {

constexpr qsizetype RepliesBufferSize = 256 * 1024;

class LocalLink final : public ApplicationLink
{
public:
    explicit LocalLink(const QString &name) : m_name(name) { }
    ~LocalLink() override { drop(); }

    QString name() const override { return m_name; }
    bool isRemote() const override { return false; }
    QIODevice &device() override { return *m_socket; }
    void open() override
    {
        // Another one each time: whoever hears of an end may begin anew before the socket is done with it.
        drop();
        m_socket = new QLocalSocket;
        m_socket->setReadBufferSize(RepliesBufferSize);
        connect(m_socket, &QLocalSocket::readyRead, this, &ApplicationLink::readyRead);
        connect(m_socket, &QLocalSocket::stateChanged, this, [this](QLocalSocket::LocalSocketState state) {
            if (state == QLocalSocket::UnconnectedState)
                Q_EMIT closed();
        });
        m_socket->connectToServer(serverName(m_name));
    }
    bool isOpen() const override { return m_socket->state() != QLocalSocket::UnconnectedState; }
    void abort() override
    {
        const QSignalBlocker blocker(this);
        m_socket->abort();
    }
    void wait(std::chrono::milliseconds timeout) override
    {
        m_socket->waitForReadyRead(static_cast<int>(timeout.count())); // which does not signal if it runs within readyRead
    }
    Result<void> checkPeer() override
    {
        if (isSameUser(*m_socket))
            return {};
        return failure(Error::Unavailable,
                       Error::tr("The application \"%1\" runs as another user. Run this program as that user.").arg(m_name));
    }
    Result<QByteArray> proof(const QByteArray &) override
    {
        return failure(Error::Unsupported, {}); // never asked for
    }
    Error whyUnreachable() const override
    {
        return {Error::Unavailable, Error::tr("No application is live as \"%1\". Start it, or check the name.").arg(m_name)};
    }

private:
    void drop()
    {
        m_socket->disconnect(this);
        m_socket->abort();
        m_socket->deleteLater(); // an answer that it has just brought may end its owner
    }

    QString m_name;
    QLocalSocket *m_socket = new QLocalSocket;
};

} // namespace

std::unique_ptr<ApplicationLink> ApplicationLink::toName(const QString &name)
{
    return std::make_unique<LocalLink>(name);
}

std::unique_ptr<ApplicationLink> ApplicationLink::toAddress(const LiveTlsAddress &address)
{
    return std::make_unique<TlsLink>(address);
}

} // namespace Sojourn::Wire
