// SPDX-License-Identifier: MIT
#include "apirequest.h"

#include "seconds.h"

#include <Sojourn/SessionData>

using namespace Qt::StringLiterals;
using Sojourn::Error;

std::unexpected<Refusal> refuse(int status, const QString &text)
{
    return std::unexpected(Refusal{status, text});
}

std::unexpected<Refusal> refuse(const Error &error)
{
    switch (error.code) {
    case Error::TooLarge:
        return refuse(413, error.text);
    case Error::LimitReached:
        return refuse(403, error.text);
    case Error::NotFound:
    case Error::Exists:
    case Error::Conflict:
    case Error::Invalid:
        return refuse(409, error.text);
    default:
        return refuse(503, error.text);
    }
}

ApiRequest::ApiRequest(const QHttpServerRequest &request) : m_body(request.body()), m_csrfToken(request.value("X-CSRF-Token"))
{
    // Forms and most languages write a space as +, which QUrlQuery leaves alone.
    m_query.setQuery(request.url().query(QUrl::FullyEncoded).replace(u'+', u"%20"_s));
}

QString ApiRequest::value(const QString &parameter) const
{
    return m_query.queryItemValue(parameter, QUrl::FullyDecoded);
}

Checked<QString> ApiRequest::name() const
{
    if (!has(u"name"_s))
        return refuse(400, u"Say which attribute: add ?name=NAME to the address."_s);
    return value(u"name"_s);
}

Checked<qint64> ApiRequest::integer(const QString &parameter, std::optional<qint64> fallback) const
{
    if (fallback && !has(parameter))
        return *fallback;
    bool ok = false;
    const qint64 number = value(parameter).toLongLong(&ok);
    if (!ok)
        return refuse(400, u"Give a whole number: %1=1."_s.arg(parameter));
    return number;
}

Checked<bool> ApiRequest::flag(const QString &parameter) const
{
    if (!has(parameter) || value(parameter) == "0"_L1)
        return false;
    if (value(parameter) == "1"_L1)
        return true;
    return refuse(400, u"Give %1=0 or %1=1."_s.arg(parameter));
}

Checked<std::chrono::milliseconds> ApiRequest::seconds(const QString &parameter) const
{
    const auto duration = secondsFromText(value(parameter));
    if (!duration || duration->count() == 0)
        return refuse(400, u"Give a number of seconds above 0: %1=30 or %1=0.5."_s.arg(parameter));
    return *duration;
}

Checked<QJsonValue> ApiRequest::body() const
{
    if (const auto json = Sojourn::decodeJson(m_body))
        return *json;
    return refuse(400, u"Send a JSON value in the body, such as 1, \"tea\" or {\"tea\":2}."_s);
}
