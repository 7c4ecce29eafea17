// SPDX-License-Identifier: MIT
#include "savedviews.h"

#include "look/foreigntext.h"
#include "store/settings.h"

#include <Sojourn/SearchExpression>

#include <QtCore/QSettings>
#include <QtCore/QUrl>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QMenu>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

SavedViews::SavedViews(std::function<Connection()> connection, std::function<QString()> line, QWidget *parent)
    : QToolButton(parent), m_connection(std::move(connection)), m_line(std::move(line)), m_menu(new QMenu(this))
{
    setObjectName("views"_L1);
    setText(tr("Views"));
    setToolTip(tr("Searches that were saved by name"));
    setPopupMode(InstantPopup);
    setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, &SavedViews::fill);
}

QString SavedViews::group() const
{
    return m_connection().settingsKey(u"views"_s);
}

QStringList SavedViews::names() const
{
    QStringList found;
    Settings::read([&](QSettings &store) {
        store.beginGroup(group());
        for (const QString &key : store.childKeys())
            found << QUrl::fromPercentEncoding(key.toLatin1());
        store.endGroup();
    });
    found.sort(Qt::CaseInsensitive);
    return found;
}

static QString keyOf(const QString &group, const QString &name)
{
    return group + u'/' + QString::fromLatin1(QUrl::toPercentEncoding(name));
}

void SavedViews::save(const QString &name, const QString &line)
{
    Settings::setValue(keyOf(group(), name), SearchExpression::withoutCookies(line));
}

void SavedViews::remove(const QString &name)
{
    Settings::remove(keyOf(group(), name));
}

void SavedViews::choose(const QString &name)
{
    Q_EMIT chosen(Settings::value(keyOf(group(), name)).toString());
}

void SavedViews::fill()
{
    m_menu->clear();
    const QStringList saved = names();
    for (const QString &name : saved)
        m_menu->addAction(Foreign::withoutShortcut(Foreign::line(name)), this, [this, name] { choose(name); });
    m_menu->addSeparator();
    m_menu->addAction(tr("&Save this search…"), this, &SavedViews::askName)->setEnabled(!m_line().isEmpty());
    if (saved.isEmpty())
        return;
    QMenu *forget = m_menu->addMenu(tr("&Forget"));
    for (const QString &name : saved)
        forget->addAction(Foreign::withoutShortcut(Foreign::line(name)), this, [this, name] { remove(name); });
}

void SavedViews::askName()
{
    auto *dialog = new QInputDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save this search"));
    dialog->setLabelText(tr("Name of the view. What stands in the search line is kept with it, names of users too:"));
    dialog->resize(420, dialog->sizeHint().height());
    connect(dialog, &QInputDialog::textValueSelected, this, [this, line = m_line()](const QString &name) {
        if (!name.trimmed().isEmpty())
            save(name.trimmed(), line);
    });
    dialog->open();
}

} // namespace Sojourn::Inspector
