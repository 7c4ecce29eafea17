// SPDX-License-Identifier: MIT
#include "sessionresponder.h"

#include "exchange_p.h"
#include "stream_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Sojourn {

SessionResponder::SessionResponder(std::unique_ptr<Exchange> exchange) : m_exchange(std::move(exchange)) { }

SessionResponder::SessionResponder(SessionResponder &&other) noexcept = default;

SessionResponder &SessionResponder::operator=(SessionResponder &&other) noexcept
{
    std::swap(m_exchange, other.m_exchange); // what this one had is answered by the end of the other
    return *this;
}

SessionResponder::~SessionResponder()
{
    if (m_exchange) // no response is made for one that was moved from
        send(QHttpServerResponse::StatusCode::InternalServerError);
}

void SessionResponder::send(QHttpServerResponse &&response)
{
    if (m_exchange)
        Exchange::answer(std::move(m_exchange), std::move(response));
}

void SessionResponder::send(std::unique_ptr<QIODevice> device, const QByteArray &mimeType, const Headers &headers,
                            StatusCode status)
{
    if (!m_exchange)
        return;
    auto stream = std::make_shared<Stream>(std::move(device), Headers{{"Content-Type"_ba, mimeType}} + headers,
                                           m_exchange->route().thread);
    if (stream->hasFailed())
        send(StatusCode::InternalServerError);
    else
        begin(std::move(stream), status);
}

SessionStream SessionResponder::stream(const QByteArray &mimeType, const Headers &headers, StatusCode status)
{
    if (!m_exchange)
        return SessionStream(nullptr);
    auto stream = std::make_shared<Stream>(Stream::Kind::Data, Headers{{"Content-Type"_ba, mimeType}} + headers,
                                           m_exchange->route().thread);
    begin(stream, status);
    return SessionStream(std::move(stream));
}

SessionStream SessionResponder::events(const Headers &headers)
{
    if (!m_exchange)
        return SessionStream(nullptr);
    Headers all{{"Content-Type"_ba, "text/event-stream"_ba}, {"X-Accel-Buffering"_ba, "no"_ba}};
    const bool hasOwn = std::ranges::any_of(headers, [](const auto &header) {
        return header.first.compare("Cache-Control", Qt::CaseInsensitive) == 0;
    });
    if (!hasOwn)
        all.emplaceBack("Cache-Control"_ba, "no-cache"_ba);
    auto stream = std::make_shared<Stream>(Stream::Kind::Events, all + headers, m_exchange->route().thread);
    begin(stream, StatusCode::Ok);
    return SessionStream(std::move(stream));
}

void SessionResponder::begin(std::shared_ptr<Stream> stream, StatusCode status)
{
    QHttpServerResponse head = stream->head(status);
    Exchange::stream(std::move(m_exchange), std::move(head), std::move(stream));
}

} // namespace Sojourn
