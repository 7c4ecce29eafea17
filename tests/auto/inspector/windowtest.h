// SPDX-License-Identifier: MIT
#pragma once

#include "fakestore.h"

#include "session/detailpanel.h"
#include "session/jsontreemodel.h"
#include "store/connectionbook.h"
#include "store/settings.h"
#include "tab/storetab.h"
#include "table/sessionview.h"
#include "window/mainwindow.h"

#include <Sojourn/SqliteStore>

#include <QtCore/QTemporaryDir>
#include <QtCore/QTranslator>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QDialog>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeView>

namespace Sojourn::Inspector {

/// A window with stores in it, new for each test.
class WindowTest : public QObject
{
    Q_OBJECT
public:
    /// Called by QTEST_MAIN before there is an application: the settings are the test's own.
    static void initMain()
    {
        static const QTemporaryDir folder;
        qputenv("SOJOURN_INSPECTOR_SETTINGS", folder.filePath(QStringLiteral("settings.ini")).toUtf8());
    }

protected Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<MainWindow>();
        m_window->resize(1300, 800);
        m_window->show();
    }
    void cleanup()
    {
        m_window.reset();
        m_store.reset();
    }

protected:
    /// Opens m_store, a new one of so many \a sessions, whose answers take up to \a delay milliseconds.
    StoreTab *openTab(int sessions, Connection::Environment environment = Connection::Development,
                      const QString &name = QStringLiteral("shop"), int delay = 2)
    {
        m_store = std::make_shared<FakeStore>(sessions);
        m_store->delay = delay;
        Connection connection = Connection::forUrl(QStringLiteral("memory:"));
        connection.name = name;
        connection.environment = environment;
        StoreTab *tab = m_window->addTab(connection, m_store, false);
        [&] { QTRY_COMPARE(tab->model().rowCount(), sessions); }();
        return tab;
    }

    /// For initTestCase(): texts in English and the look of the project on every desktop.
    void speakEnglish()
    {
        QApplication::setStyle(QStringLiteral("Fusion"));
        QLocale::setDefault(QLocale(QStringLiteral("en")));
        if (m_english.load(QStringLiteral(":/i18n/sojourn_en.qm")))
            QCoreApplication::installTranslator(&m_english);
    }

    DetailPanel *panel() const { return m_window->findChild<DetailPanel *>(); }
    /// Selects the session in \a row and waits until it is shown.
    SessionKey show(StoreTab *tab, int row)
    {
        const SessionKey key = tab->model().row(row)->info.key;
        tab->view().selectRow(row);
        [&] { QTRY_VERIFY(panel()->record() && panel()->record()->key == key); }();
        return key;
    }
    SessionRecord record(const SessionKey &key) const { return m_store->inner.load(key).takeResult().value_or(SessionRecord()); }
    QByteArray value(const SessionKey &key, const char *name) const { return record(key).data.json(name).toByteArray(); }

    /// Makes an SQLite store of one session.
    static void makeStoreFile(const QString &path)
    {
        SqliteStore store(path);
        QVERIFY(store.waitFor(store.create(sampleSession(1, systemNow()))));
    }

    /// The dialog of that kind that is open.
    template<class T = QDialog>
    static T *dialog()
    {
        for (QWidget *widget : QApplication::topLevelWidgets()) {
            if (auto *found = qobject_cast<T *>(widget); found && found->isVisible())
                return found;
        }
        return nullptr;
    }
    /// The button in \a of whose text has \a text in it.
    static QPushButton *button(QWidget *of, const QString &text)
    {
        const auto buttons = of->findChildren<QPushButton *>();
        const auto found = std::ranges::find_if(buttons, [&text](QPushButton *button) { return button->text().contains(text); });
        return found == buttons.end() ? nullptr : *found;
    }
    QAction *action(const QString &name) const { return m_window->findChild<QAction *>(name); }

    /// The value of the attribute \a name in the tree of the session panel.
    static QModelIndex attribute(const QTreeView &tree, const QString &name)
    {
        const auto found = tree.model()->match(tree.model()->index(0, 0), Qt::DisplayRole, name, 1, Qt::MatchExactly);
        return found.isEmpty() ? QModelIndex() : found.first().siblingAtColumn(JsonTreeModel::Value);
    }
    static void typeInto(QTreeView &tree, const QModelIndex &index, const QString &text)
    {
        tree.setCurrentIndex(index);
        tree.edit(index);
        auto *editor = tree.viewport()->findChild<QLineEdit *>();
        QVERIFY(editor);
        editor->selectAll();
        editor->insert(text); // any characters, as an input method would
        QTest::keyClick(editor, Qt::Key_Return);
    }

    std::unique_ptr<MainWindow> m_window;
    std::shared_ptr<FakeStore> m_store;

private:
    QTranslator m_english;
};

} // namespace Sojourn::Inspector
