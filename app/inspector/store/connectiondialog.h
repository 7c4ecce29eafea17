// SPDX-License-Identifier: MIT
#pragma once

#include "connection.h"

#include <QtWidgets/QDialog>

#include <memory>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace Sojourn {
class SessionStore;
}

namespace Sojourn::Inspector {

/// Asks for a store: where it is, how it is called, how careful to be with it.
class ConnectionDialog final : public QDialog
{
    Q_OBJECT
public:
    /// For a new connection, or to edit \a connection: then \a acceptText says what its button does.
    explicit ConnectionDialog(const Connection &connection = {}, QWidget *parent = nullptr,
                              const QString &acceptText = tr("Save"));

    /// What was entered; its URL has no password.
    [[nodiscard]] Connection connection() const;
    [[nodiscard]] QString password() const;
    [[nodiscard]] bool savesConnection() const;

    /// Keeps the password if that was wished.
    void accept() override;

private:
    enum Kind { Sqlite, Redis, Live, LiveTls, Other };
    enum Servers { Single, Sentinels, Cluster };

    void makeKind();
    void makeServerFields();
    void makeLiveFields();
    void makeOwnFields();
    void addRow(Kind kind, const QString &label, QWidget *field);
    void fill(const Connection &connection);
    void followChanges();
    QString url() const;
    void fill(const QString &url);
    void test();
    /// The URL of what the form says of an application on another machine.
    QString liveTlsUrl() const;
    /// A field for the path of a file with a button that chooses one.
    QWidget *fileField(QLineEdit *edit, const QString &name, const QString &title);
    void testWith(const QString &password);
    void update();
    void showKind();

    QComboBox *m_kind, *m_servers, *m_environment, *m_colour, *m_liveName;
    QLineEdit *m_liveHost, *m_caFile, *m_fingerprint, *m_certificateFile, *m_keyFile, *m_tokenFile, *m_token;
    QLineEdit *m_name, *m_file, *m_host, *m_user, *m_password, *m_prefix, *m_number, *m_master, *m_url;
    QCheckBox *m_tls, *m_keep, *m_readOnly, *m_save;
    QFormLayout *m_form;
    QList<std::pair<Kind, QWidget *>> m_rows; ///< those that only one kind of store has
    QLabel *m_result;
    QPushButton *m_test, *m_open;
    bool m_environmentChosen = false; ///< by the person
    std::shared_ptr<SessionStore> m_tested;
    const Connection m_before; ///< that is edited
};

} // namespace Sojourn::Inspector
