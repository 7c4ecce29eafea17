// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>
#include <QtGui/QColor>

namespace Sojourn::Inspector {

/// A store that can be opened, as the side bar remembers it.
struct Connection
{
    enum Environment { Development, Staging, Production };

    QString name;
    QString url; ///< without a password, except in the running program
    QColor colour;
    Environment environment = Development;
    bool readOnly = false;
    bool asksPassword = false; ///< the password is in the keychain, or asked for
    bool keepsPassword = false; ///< in the keychain

    /// Whether a tab opens read-only: production always does.
    [[nodiscard]] bool opensReadOnly() const { return readOnly || environment == Production; }
    [[nodiscard]] static QString environmentName(Environment environment);
    /// The URL or file name without a password.
    [[nodiscard]] QString plainUrl() const;
    /// Where the settings keep \a what of it.
    [[nodiscard]] QString settingsKey(const QString &what) const;
    /// Whether both lead to one store, however its address is written and whatever it is called.
    [[nodiscard]] bool isSameStore(const Connection &other) const;
    /// This connection with all the care that \a other takes.
    [[nodiscard]] Connection asCarefulAs(const Connection &other) const;
    /// A connection for \a url with a name made from it.
    [[nodiscard]] static Connection forUrl(const QString &url);
    /// Whether it may be worth opening: false of a file that is gone, of an application that has ended, of a memory that was
    /// another's.
    [[nodiscard]] bool canBeThere() const;
    /// Whether \a path names a snapshot file rather than a store URL.
    [[nodiscard]] static bool isSnapshot(const QString &path);

    friend bool operator==(const Connection &a, const Connection &b) = default;
};

} // namespace Sojourn::Inspector
