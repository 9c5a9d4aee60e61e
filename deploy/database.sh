#!/bin/sh
# the database's container runs this once, when its volume is empty
set -eu
psql --username="$POSTGRES_USER" --set=password="$GABLE_DATABASE_PASSWORD" --file=/deploy/database.sql
