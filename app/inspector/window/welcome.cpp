// SPDX-License-Identifier: MIT
#include "welcome.h"

#include "look/foreigntext.h"
#include "look/theme.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStandardPaths>
#include <QtWidgets/QCommandLinkButton>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace Sojourn::Inspector {

Welcome::Welcome(QWidget *parent) : QWidget(parent)
{
    auto *picture = Foreign::makeLabel();
    picture->setPixmap(Theme::icon(u"sojourn-inspector"_s).pixmap(QSize(72, 72), devicePixelRatioF()));
    auto *title = Foreign::makeLabel(tr("Sojourn Inspector"));
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.8);
    font.setBold(true);
    title->setFont(font);
    auto *text = Foreign::makeLabel(tr("Sessions of web applications, live: see who is logged in and why somebody is not, "
                                       "change what a session holds, and take it back."));
    text->setWordWrap(true);

    const auto button = [](const QString &icon, const QString &name, const QString &description) {
        auto *made = new QCommandLinkButton(name, description);
        made->setIcon(Theme::icon(icon));
        made->setIconSize(QSize(24, 24));
        return made;
    };
    auto *demo = button(u"play"_s, tr("Try the &demo"),
                        demoProgram().isEmpty() ? tr("sojourn-demo was not found beside this program or in the search path.")
                                                : tr("Starts a small web application with sessions and attaches to it."));
    demo->setEnabled(!demoProgram().isEmpty());
    auto *connectButton = button(u"connect"_s, tr("&Connect to a store"),
                                 tr("A SQLite file, Redis or Valkey, or an application that runs on this machine."));
    auto *snapshot = button(u"open"_s, tr("Open a s&napshot"),
                            tr("A file that was exported before; dropping it on the window does the same."));
    connect(demo, &QAbstractButton::clicked, this, &Welcome::demoWanted);
    connect(connectButton, &QAbstractButton::clicked, this, &Welcome::connectWanted);
    connect(snapshot, &QAbstractButton::clicked, this, &Welcome::snapshotWanted);

    auto *column = new QWidget;
    column->setMaximumWidth(600);
    setFocusProxy(connectButton);
    auto *inner = new QVBoxLayout(column);
    inner->setSpacing(8);
    inner->addWidget(picture);
    inner->addWidget(title);
    inner->addWidget(text);
    inner->addSpacing(12);
    for (QWidget *widget : {connectButton, demo, snapshot})
        inner->addWidget(widget);
    auto *layout = new QVBoxLayout(this);
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(column, 1);
    row->addStretch();
    layout->addStretch();
    layout->addLayout(row);
    layout->addStretch();
}

QString Welcome::demoProgram()
{
    const QString name = u"sojourn-demo"_s;
    const QString beside = QStandardPaths::findExecutable(name, {QCoreApplication::applicationDirPath()});
    return beside.isEmpty() ? QStandardPaths::findExecutable(name) : beside;
}

} // namespace Sojourn::Inspector
