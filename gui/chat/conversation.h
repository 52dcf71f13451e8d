// SPDX-FileCopyrightText: 2026 The Tertulia authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/membermodel.h"
#include "models/timelinemodel.h"

#include <QObject>
#include <QString>

namespace tertulia {

/// What a chat window knows of one room.
class Conversation final : public QObject
{
    Q_OBJECT
public:
    Conversation(const QString &name, QObject *parent)
        : QObject(parent)
        , room(name)
        , timeline(new TimelineModel(this))
        , members(new MemberModel(this))
    {
    }

    const QString room;
    TimelineModel *const timeline;
    MemberModel *const members;
    QString epoch;
    QString topic;
    int memberCount = 0;
    bool isLoaded = false; ///< joined at least once
    bool mayHaveOlder = true;
    bool isLoadingOlder = false;
    QString draft;
    EntryId replyTo = 0; ///< what the draft answers
    EntryId editing = 0; ///< what the draft replaces
};

} // namespace tertulia
