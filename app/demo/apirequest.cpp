// SPDX-License-Identifier: MIT
#include "apirequest.h"

#include "seconds.h"

#include <Sojourn/jsonrules.h>

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

ApiRequest::ApiRequest(const QHttpServerRequest &request) : m_body(request.body())
{
    const auto decoded = [](QByteArray encoded) { return encoded.replace('+', ' ').percentDecoded(); };
    for (const QByteArray &pair : request.url().query(QUrl::FullyEncoded).toLatin1().split('&')) {
        const qsizetype equals = pair.indexOf('=');
        const QString name = QString::fromUtf8(decoded(pair.first(equals < 0 ? pair.size() : equals)));
        if (!m_parameters.contains(name))
            m_parameters.insert(name, equals < 0 ? QByteArray("") : decoded(pair.sliced(equals + 1)));
    }
}

QString ApiRequest::value(const QString &parameter) const
{
    return Sojourn::Detail::fromUtf8(m_parameters.value(parameter));
}

Checked<QString> ApiRequest::name() const
{
    if (!has(u"name"_s))
        return refuse(400, u"Say which attribute: add ?name=NAME to the address."_s);
    if (const auto valid = Sojourn::checkAttributeName(m_parameters.value(u"name"_s)); !valid)
        return refuse(400, valid.error().text);
    return value(u"name"_s);
}

Checked<QString> ApiRequest::user() const
{
    const QByteArray given = m_parameters.value(u"user"_s);
    if (given.isEmpty())
        return refuse(400, u"Say who logs in: add ?user=NAME to the address."_s);
    if (const auto valid = Sojourn::checkAttributeName(given); !valid) // the same rule: Unicode
        return refuse(400, u"The user name is not valid UTF-8."_s);
    const QString user = value(u"user"_s);
    if (const auto valid = Sojourn::checkUser(user); !valid)
        return refuse(400, valid.error().text);
    return user;
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
    if (m_body.trimmed().isEmpty())
        return refuse(400, u"Send a JSON value in the body, such as 1, \"tea\" or {\"tea\":2}."_s);
    const auto json = Sojourn::readJsonValue(m_body);
    if (!json)
        return refuse(400, json.error().text);
    return *json;
}
