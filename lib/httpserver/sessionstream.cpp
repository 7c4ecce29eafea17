// SPDX-License-Identifier: MIT
#include "sessionstream.h"

#include "stream_p.h"

namespace Sojourn {

SessionStream::SessionStream(std::shared_ptr<Stream> stream) : m_stream(std::move(stream)) { }

SessionStream::SessionStream(SessionStream &&other) noexcept = default;

SessionStream &SessionStream::operator=(SessionStream &&other) noexcept
{
    std::swap(m_stream, other.m_stream);
    return *this;
}

SessionStream::~SessionStream()
{
    end();
}

bool SessionStream::write(const QByteArray &data)
{
    return m_stream && m_stream->write(data);
}

bool SessionStream::sendEvent(const QByteArray &data, const QByteArray &type, const QByteArray &id)
{
    return m_stream && m_stream->write(Stream::event(data, type, id));
}

void SessionStream::end()
{
    if (m_stream)
        m_stream->end();
}

bool SessionStream::isOpen() const
{
    return m_stream && m_stream->isOpen();
}

qint64 SessionStream::bytesToWrite() const
{
    return m_stream ? m_stream->bytesToWrite() : 0;
}

void SessionStream::onClosed(QObject *context, std::function<void()> closed)
{
    if (m_stream)
        m_stream->onClosed(context, std::move(closed));
}

} // namespace Sojourn
