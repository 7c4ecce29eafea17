// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>

#include <functional>
#include <memory>
#include <optional>

/// Passwords in the system's keychain, where this build has QtKeychain. They belong to an address (displayUrl()), whatever the
/// connection is called: none goes to another server than it was given for.
namespace Sojourn::Inspector::Keychain {

/// Calls its argument with the password, or nothing.
using Done = std::function<void(std::optional<QString>)>;

[[nodiscard]] bool isAvailable();
void read(const QString &url, QObject *context, Done done);
void write(const QString &url, const QString &password);
void remove(const QString &url);

/// Where passwords are kept; keys are addresses.
class Backend
{
public:
    virtual ~Backend() = default;
    virtual void read(const QString &key, QObject *context, Done done) = 0;
    virtual void write(const QString &key, const QString &password) = 0;
    virtual void remove(const QString &key) = 0;
};
/// Uses \a backend in place of the system's keychain, for tests; null goes back to that.
void setBackend(std::unique_ptr<Backend> backend);

} // namespace Sojourn::Inspector::Keychain
