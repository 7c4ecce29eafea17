// SPDX-License-Identifier: MIT
#include "storeopener.h"

#include "look/foreigntext.h"
#include "look/format.h"
#include "mainwindow.h"
#include "store/connectiondialog.h"
#include "store/keychain.h"
#include "welcome.h"

#include <Sojourn/SnapshotReader>
#include <Sojourn/Stores>

#include <QtCore/QCoreApplication>
#include <QtCore/QPointer>
#include <QtCore/QProcess>
#include <QtCore/QUrl>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QMessageBox>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

StoreOpener::StoreOpener(SharedState *shared, QWidget *window) : QObject(window), m_shared(shared), m_window(window) { }

void StoreOpener::choose()
{
    auto *dialog = new ConnectionDialog({}, m_window);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        Connection connection = dialog->connection();
        const Connection saved = m_shared->book.known(connection);
        connection = connection.asCarefulAs(saved); // none gets less careful by being named again
        if (dialog->savesConnection())
            m_shared->book.replace(saved, connection);
        if (const QString password = dialog->password(); !password.isEmpty())
            openWith(password, connection);
        else
            Q_EMIT wanted(connection);
    });
    dialog->open();
}

void StoreOpener::open(const Connection &connection)
{
    if (!connection.asksPassword || !QUrl(connection.url).password().isEmpty()) { // or the address has it
        openWith({}, connection);
        return;
    }
    Keychain::read(connection.url, this, [this, connection](const std::optional<QString> &password) {
        if (password)
            openWith(password, connection);
        else
            askPassword(connection);
    });
}

void StoreOpener::openQuietly(const Connection &connection)
{
    if (!connection.asksPassword)
        openWith({}, connection);
    else
        Keychain::read(connection.url, this,
                       [this, connection](const std::optional<QString> &password) { openWith(password, connection); });
}

void StoreOpener::correct(const Connection &before, QObject *context, const std::function<void()> &opened)
{
    auto *dialog = new ConnectionDialog(before, m_window, tr("Connect"));
    connect(dialog, &QDialog::accepted, this, [this, before, dialog, context = QPointer(context), opened] {
        Connection connection = dialog->connection();
        if (m_shared->book.indexOf(before) >= 0)
            m_shared->book.replace(before, connection);
        connection = connection.asCarefulAs(m_shared->book.known(connection));
        const auto reopen = [this, connection, context, opened](const std::optional<QString> &password) {
            if (openWith(password, connection) && context)
                opened();
        };
        if (const QString password = dialog->password(); !password.isEmpty())
            reopen(password);
        else if (connection.asksPassword)
            Keychain::read(connection.url, this, reopen);
        else
            reopen({});
    });
    dialog->open();
}

void StoreOpener::askPassword(const Connection &connection)
{
    auto *dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(connection.name);
    dialog->setLabelText(tr("Password of %1:").arg(Foreign::line(connection.name)));
    Foreign::showPlainly(dialog);
    dialog->setTextEchoMode(QLineEdit::Password);
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this, connection](const QString &password) { openWith(password, connection); });
    dialog->open();
}

bool StoreOpener::openWith(const std::optional<QString> &password, const Connection &connection)
{
    // Who mistypes a path wants no new store there. What opens read-only is not written to even by mistake.
    const auto open = [url = connection.url, password](bool readOnly) {
        auto store = storeFromUrl(url, {.readOnly = readOnly, .password = password, .create = false});
        if (store) // a live store goes by the limit of its application; for the others any that can be is right
            (*store)->setSizeLimit(SnapshotReader::MaxRecordSize);
        return store;
    };
    const bool readOnly = m_shared->readOnly || connection.opensReadOnly();
    auto store = open(readOnly);
    if (!store) {
        m_shared->log.failed(connection.name, tr("Open"), store.error());
        showFailure(store.error());
        return false;
    }
    Connection plain = connection;
    plain.url = connection.plainUrl(); // no password stays in the program beyond its store
    m_shared->log.done(connection.name, tr("Open"));
    Q_EMIT opened(plain, *store, readOnly && !m_shared->readOnly ? [open] { return open(false); } : OpenStore::OpenWritable());
    return true;
}

void StoreOpener::showFailure(const Error &error)
{
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Not opened"), Format::error(error), QMessageBox::Ok, m_window);
    Foreign::showPlainly(box);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void StoreOpener::startDemo()
{
    const QString name = u"sojourn-demo-%1"_s.arg(QCoreApplication::applicationPid());
    const auto show = [this, name] {
        Connection connection = Connection::forUrl(u"live:"_s + name);
        connection.name = tr("demo");
        Q_EMIT demoRuns(connection, m_shared->demoPage);
    };
    if (m_shared->demo && m_shared->demo->state() != QProcess::NotRunning) { // one is enough
        if (!m_shared->demoPage.isEmpty())
            show();
        return;
    }
    delete m_shared->demo;
    m_shared->demoPage.clear();
    auto *demo = new QProcess(m_shared->windows.first());
    m_shared->demo = demo;
    demo->setProgram(Welcome::demoProgram());
    demo->setArguments({u"--port"_s, u"0"_s, u"--store"_s, u"memory:"_s, u"--live"_s, name});
    connect(demo, &QProcess::readyReadStandardOutput, this, [this, demo, show] {
        const QString line = QString::fromUtf8(demo->readLine()).trimmed();
        if (!line.startsWith("listening on "_L1))
            return;
        m_shared->demoPage = line.sliced(13);
        show();
    });
    const auto fail = [this](const QString &why) {
        const Error error{Error::Unavailable, tr("The demo did not start: %1").arg(why)};
        m_shared->log.failed(tr("demo"), tr("Start the demo"), error);
        showFailure(error);
    };
    connect(demo, &QProcess::errorOccurred, this, [demo, fail](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(demo->errorString());
    });
    connect(demo, &QProcess::finished, this, [this, demo, fail] {
        if (m_shared->demoPage.isEmpty())
            fail(QString::fromUtf8(demo->readAllStandardError()).trimmed());
    });
    demo->start();
}

} // namespace Sojourn::Inspector
