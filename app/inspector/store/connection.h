// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QList>
#include <QtCore/QObject>
#include <QtGui/QColor>

#include <functional>
#include <optional>

class QSettings;

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

/// The saved connections and the snapshots opened last, kept in the settings. Passwords never are.
class ConnectionBook final : public QObject
{
    Q_OBJECT
public:
    explicit ConnectionBook(QObject *parent = nullptr);

    [[nodiscard]] const QList<Connection> &connections() const { return m_connections; }
    [[nodiscard]] const QStringList &snapshots() const { return m_snapshots; }
    /// Where \a connection is among them, or -1.
    [[nodiscard]] qsizetype indexOf(const Connection &connection) const;
    /// The saved connection to the store of \a connection, or \a connection if there is none.
    [[nodiscard]] Connection known(const Connection &connection) const;
    void add(const Connection &connection);
    /// Puts \a connection in the place of \a before, or adds it if that is gone.
    void replace(const Connection &before, const Connection &connection);
    void remove(const Connection &connection);
    void addSnapshot(const QString &fileName);
    void removeSnapshot(const QString &fileName);

Q_SIGNALS:
    void changed();

private:
    void save();

    QList<Connection> m_connections;
    QStringList m_snapshots;
};

/// A list of connections in the settings. Passwords are never in it.
[[nodiscard]] QList<Connection> readConnections(const QString &key);
void writeConnections(const QString &key, const QList<Connection> &connections);

/// Passwords in the system's keychain, where this build has QtKeychain. They belong to an address (displayUrl()), whatever the
/// connection is called: none goes to another server than it was given for.
namespace Keychain {
[[nodiscard]] bool isAvailable();
/// Calls \a done with the password for \a url, or nothing.
void read(const QString &url, QObject *context, std::function<void(std::optional<QString>)> done);
void write(const QString &url, const QString &password);
void remove(const QString &url);
} // namespace Keychain

/// The settings of the inspector: those of the user, or of the file named by SOJOURN_INSPECTOR_SETTINGS.
[[nodiscard]] QSettings &settings();

} // namespace Sojourn::Inspector
