// SPDX-License-Identifier: MIT
#include "sessionresponder.h"

#include "exchange_p.h"

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
    send(QHttpServerResponse::StatusCode::InternalServerError);
}

void SessionResponder::send(QHttpServerResponse &&response)
{
    if (m_exchange)
        Exchange::answer(std::move(m_exchange), std::move(response));
}

} // namespace Sojourn
