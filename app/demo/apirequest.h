// SPDX-License-Identifier: MIT
#pragma once

#include <Sojourn/Error>

#include <QtCore/QJsonValue>
#include <QtHttpServer/QHttpServerRequest>

#include <chrono>
#include <expected>

/// Why a call is turned down: an HTTP status and a sentence that says what to do.
struct Refusal
{
    int status;
    QString text;
};

/// What a call needs, or why it is turned down.
template<class T>
using Checked = std::expected<T, Refusal>;

[[nodiscard]] std::unexpected<Refusal> refuse(int status, const QString &text);
[[nodiscard]] std::unexpected<Refusal> refuse(const Sojourn::Error &error);

/// What the API takes from a request, in a form that outlives it.
class ApiRequest
{
public:
    explicit ApiRequest(const QHttpServerRequest &request);

    [[nodiscard]] bool has(const QString &parameter) const { return m_parameters.contains(parameter); }
    /// The value of \a parameter, empty if it is missing.
    [[nodiscard]] QString value(const QString &parameter) const;

    /// The attribute to work on, ?name=N: any valid Unicode.
    [[nodiscard]] Checked<QString> name() const;
    /// A whole number, \a fallback if the parameter is missing.
    [[nodiscard]] Checked<qint64> integer(const QString &parameter, std::optional<qint64> fallback = {}) const;
    /// 0 or 1; 0 if the parameter is missing.
    [[nodiscard]] Checked<bool> flag(const QString &parameter) const;
    /// Seconds above 0, with an optional fraction.
    [[nodiscard]] Checked<std::chrono::milliseconds> seconds(const QString &parameter) const;
    /// The user to log in, ?user=U: one that can be kept.
    [[nodiscard]] Checked<QString> user() const;
    /// The JSON value in the body: one that can be kept.
    [[nodiscard]] Checked<QJsonValue> body() const;

private:
    QHash<QString, QByteArray> m_parameters; ///< decoded
    QByteArray m_body;
};
