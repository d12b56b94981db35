BeforeDiscovery {
    $isUnix = $IsLinux -or $IsMacOS
    $hasTerminal = $false
    if ($isUnix -and (Get-Command python3 -CommandType Application -ErrorAction Ignore)) {
        python3 -c 'import pty' 2>$null
        $hasTerminal = $LASTEXITCODE -eq 0
    }
    $hasThreadJobs = [bool](Get-Command Start-ThreadJob -ErrorAction Ignore)
}

BeforeAll {
    . $PSScriptRoot/PasskeyAdmin.Helpers.ps1
    $homeBefore = $env:PASSKEYADMIN_HOME
    $env:PASSKEYADMIN_HOME = Join-Path $TestDrive 'home'
    $manifest = Join-Path (Get-Module PasskeyAdmin).ModuleBase 'PasskeyAdmin.psd1'
    function Journal { @(Get-ChildItem $env:PASSKEYADMIN_HOME -Recurse -File -ErrorAction Ignore) }

    function Restore-Sample {
        Remove-Item $env:PASSKEYADMIN_HOME -Recurse -Force -ErrorAction Ignore
        $null = Connect-PasskeyTenant -Sandbox
    }
}

AfterAll {
    Disconnect-PasskeyTenant
    $env:PASSKEYADMIN_HOME = $homeBefore
}

Describe 'New-PasskeyProfile' {
    BeforeEach { Restore-Sample }

    It 'creates a profile and gives it a group' {
        $change = New-PasskeyProfile 'Board' -TargetType DeviceBound -Group 'Privileged administrators' -PassThru -WarningAction SilentlyContinue
        $change.Outcome, $change.Affected | Should -Be 'Applied', 0
        (Get-PasskeyProfile Board).Target | ForEach-Object Name | Should -Be 'Privileged administrators'
    }

    It 'starts from a template' {
        New-PasskeyProfile 'Strict' -Template HighSecurity -WarningAction SilentlyContinue
        (Get-PasskeyProfile Strict).PasskeyType, (Get-PasskeyProfile Strict).Attestation | Should -Be 'DeviceBound', (Get-PasskeyProfileTemplate HighSecurity).Attestation
    }

    It 'shows what it would do' {
        New-PasskeyProfile 'Board' -TargetType DeviceBound -WhatIf -WarningAction SilentlyContinue
        (New-PasskeyProfile 'Board' -TargetType DeviceBound -PlanOnly).Difference | Should -Be '+ profile Board (DeviceBound; any provider)'
        { Get-PasskeyProfile Board -ErrorAction Stop } | Should -Throw -ErrorId 'ProfileNotFound*'
        Journal | Should -BeNullOrEmpty
    }
}

Describe 'Set-PasskeyProfile' {
    BeforeEach { Restore-Sample }

    It 'gives a profile another name' {
        Get-PasskeyProfile 'Synced pilot' | Set-PasskeyProfile -NewName 'Pilot of all'
        (Get-PasskeyProfile Pilot*).Name | Should -Be 'Pilot of all'
    }

    It 'lets a provider in' {
        Set-PasskeyProfile 'Synced pilot' -AddProvider 'Proton Pass'
        (Get-PasskeyProfile 'Synced pilot').Provider.Name | Should -Contain 'Proton Pass'
    }

    It 'locks nobody out unasked' {
        { Set-PasskeyProfile 'Synced pilot' -TargetType DeviceBound -Confirm:$false } | Should -Throw -ErrorId 'LockoutRefused,PasskeyAdmin.Commands.SetPasskeyProfileCommand'
        { Set-PasskeyProfile 'Synced pilot' -TargetType DeviceBound -Confirm:$false -AllowLockout } | Should -Throw -ErrorId 'TooManyAffectedUsers*'
        Journal | Should -BeNullOrEmpty
    }

    It 'does it without a question where the number is given' {
        $change = Set-PasskeyProfile 'Synced pilot' -TargetType DeviceBound -Confirm:$false -AllowLockout -MaximumAffectedUser 132 -PassThru
        $change.Outcome, $change.Affected, $change.Stranded | Should -Be 'Applied', 132, 60
        (Get-PasskeyProfile 'Synced pilot').PasskeyType | Should -Be 'DeviceBound'
    }

    It 'says that there is nothing to do' {
        Set-PasskeyProfile 'Synced pilot' -NewName 'Synced pilot' -WarningVariable said -WarningAction SilentlyContinue
        $said | Should -BeLike 'There is nothing to do*'
    }
}

Describe 'Remove-PasskeyProfile' {
    BeforeEach { Restore-Sample }

    It 'deletes a profile that nobody uses' {
        New-PasskeyProfile 'Board' -TargetType DeviceBound -WarningAction SilentlyContinue
        Get-PasskeyProfile Board | Remove-PasskeyProfile
        (Get-PasskeyProfile).Name | Should -Not -Contain 'Board'
    }

    It 'leaves a profile that somebody uses' {
        { Remove-PasskeyProfile 'Synced pilot' } | Should -Throw -ErrorId 'ProfileStillTargeted,PasskeyAdmin.Commands.RemovePasskeyProfileCommand'
    }
}

Describe 'Set-PasskeyPolicy' {
    BeforeEach { Restore-Sample }

    It 'switches self-service registration off' {
        Set-PasskeyPolicy -SelfServiceRegistration $false
        (Get-PasskeyPolicy).SelfServiceRegistration | Should -BeFalse
    }

    It 'excludes a group' {
        $plan = Set-PasskeyPolicy -AddExcludedGroup 'Passkey pilot' -PlanOnly -WarningAction SilentlyContinue
        $plan.Difference | Should -BeLike '*Passkey pilot*'
        $plan.Impact.Affected | Should -BeGreaterThan 0
    }
}

Describe 'Add-PasskeyProfileTarget' {
    BeforeEach { Restore-Sample }

    It 'lets a group use a profile' {
        Add-PasskeyProfileTarget 'Synced pilot' -Group 'Privileged administrators'
        (Get-PasskeyProfileTarget -Group 'Privileged administrators').ProfileName | Should -Be 'Privileged access', 'Synced pilot'
    }

    It 'takes the targets of another profile' {
        Get-PasskeyProfile 'Privileged access' | Get-PasskeyProfileTarget | Add-PasskeyProfileTarget 'Synced pilot'
        (Get-PasskeyProfileTarget -Group 'Privileged administrators').ProfileName | Should -Be 'Privileged access', 'Synced pilot'
    }
}

Describe 'Remove-PasskeyProfileTarget' {
    BeforeEach { Restore-Sample }

    It 'takes a profile from a group again' {
        Add-PasskeyProfileTarget 'Synced pilot' -Group 'Privileged administrators'
        Remove-PasskeyProfileTarget 'Synced pilot' -Group 'Privileged administrators' -Confirm:$false -AllowLockout -MaximumAffectedUser 50
        (Get-PasskeyProfileTarget -Group 'Privileged administrators').ProfileName | Should -Be 'Privileged access'
    }

    It 'says which target it does not know' {
        { Remove-PasskeyProfileTarget 'Synced pilot' -Group 'Nobody at all' } | Should -Throw -ErrorId 'TargetNotFound,PasskeyAdmin.Commands.RemovePasskeyProfileTargetCommand'
    }
}

Describe 'Invoke-PasskeyPolicyPlan' {
    BeforeEach {
        Restore-Sample
        $plan = Set-PasskeyProfile 'Synced pilot' -TargetType DeviceBound -PlanOnly
        $go = @{ Confirm = $false; AllowLockout = $true; MaximumAffectedUser = 132 }
    }

    It 'does what was planned' {
        $plan.Difference, $plan.Impact.Affected | Should -Be 'Synced pilot: - passkey type Synced', 132
        ($plan | Invoke-PasskeyPolicyPlan @go -PassThru).Outcome | Should -Be 'Applied'
        (Get-PasskeyProfile 'Synced pilot').PasskeyType | Should -Be 'DeviceBound'
    }

    It 'takes a plan that went through <Name>' -ForEach @(
        @{ Name = 'Export-Clixml'; Through = { $plan | Export-Clixml TestDrive:/plan.xml; Import-Clixml TestDrive:/plan.xml | Invoke-PasskeyPolicyPlan @go } }
        @{ Name = 'ConvertTo-Json'; Through = { $plan | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json | Invoke-PasskeyPolicyPlan @go } }
        @{ Name = 'a file'; Through = { Set-Content TestDrive:/plan.json $plan.Document; Invoke-PasskeyPolicyPlan -Path TestDrive:/plan.json @go } }
        @{ Name = 'a file with the mark of its encoding'; Through = { Set-Content TestDrive:/plan.json $plan.Document -Encoding Unicode; Get-Item TestDrive:/plan.json | Invoke-PasskeyPolicyPlan @go } }
        @{ Name = 'Export-Csv'; Through = { $plan | Select-Object -Property Document | Export-Csv TestDrive:/plan.csv; Import-Csv TestDrive:/plan.csv | Invoke-PasskeyPolicyPlan @go } }
    ) {
        & $Through
        (Get-PasskeyProfile 'Synced pilot').PasskeyType | Should -Be 'DeviceBound'
        (Get-PasskeyPolicyChange).Affected | Should -Be 132
    }

    It 'believes no number that a plan says' {
        $saved = $plan | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json
        $saved.Impact = $null
        { $saved | Invoke-PasskeyPolicyPlan -Confirm:$false -AllowLockout -ErrorAction Stop } | Should -Throw -ErrorId 'TooManyAffectedUsers*'
    }

    It 'refuses a plan of a policy that is no more' {
        Set-PasskeyPolicy -SelfServiceRegistration $false
        { $plan | Invoke-PasskeyPolicyPlan @go -ErrorAction Stop } | Should -Throw -ErrorId 'PolicyChangedSincePlan*'
    }

    It 'says what is no plan' {
        { 'hello' | Invoke-PasskeyPolicyPlan -ErrorAction Stop } | Should -Throw -ErrorId 'PlanInvalid,PasskeyAdmin.Commands.InvokePasskeyPolicyPlanCommand'
    }
}

Describe 'Get-PasskeyPolicyChange' {
    BeforeEach { Restore-Sample }

    It 'lists what was changed, the newest first' {
        Set-PasskeyPolicy -SelfServiceRegistration $false
        Set-PasskeyProfile 'Synced pilot' -NewName 'Pilot of all'
        (Get-PasskeyPolicyChange).Command | Should -Be 'Set-PasskeyProfile', 'Set-PasskeyPolicy'
        (Get-PasskeyPolicyChange)[1] | Out-String | Should -Match 'self-service registration: on\s+Applied'
    }

    It 'finds one by the beginning of its id' {
        $change = Set-PasskeyPolicy -SelfServiceRegistration $false -PassThru
        (Get-PasskeyPolicyChange $change.ChangeId.ToString().Substring(0, 8)).Difference | Should -Be $change.Difference
    }
}

Describe 'Undo-PasskeyPolicyChange' {
    BeforeEach { Restore-Sample }

    It 'takes a change back' {
        $before = (Get-PasskeyPolicy).ToJson()
        Set-PasskeyPolicy -SelfServiceRegistration $false -PassThru | Undo-PasskeyPolicyChange
        (Get-PasskeyPolicy).ToJson() | Should -Be $before
        (Get-PasskeyPolicyChange)[1].UndoneBy | Should -Be (Get-PasskeyPolicyChange)[0].ChangeId
    }

    It 'takes back a change that was saved' {
        Set-PasskeyPolicy -SelfServiceRegistration $false -PassThru | Export-Clixml TestDrive:/change.xml
        Remove-Item $env:PASSKEYADMIN_HOME -Recurse -Force
        Import-Clixml TestDrive:/change.xml | Undo-PasskeyPolicyChange
        (Get-PasskeyPolicy).SelfServiceRegistration | Should -BeTrue
    }

    It 'says which change it does not know' {
        { Undo-PasskeyPolicyChange 00000000 } | Should -Throw -ErrorId 'ChangeNotFound,PasskeyAdmin.Commands.UndoPasskeyPolicyChangeCommand'
    }
}

Describe 'The question before a change' {
    BeforeAll {
        $unavailable = 'ConfirmationUnavailable,PasskeyAdmin.Commands.SetPasskeyProfileCommand'
        $harm = "Set-PasskeyProfile 'Synced pilot' -TargetType DeviceBound -AllowLockout"
        $result = Join-Path $TestDrive 'result.json'
        $shell = Join-Path $PSHOME $(if ($PSEdition -eq 'Core') { 'pwsh' } else { 'powershell.exe' })

        # What a job and a runspace do: a change, and how it ended.
        $ask = [scriptblock]::Create(@"
            param(`$manifest)
            `$ProgressPreference = 'SilentlyContinue'
            Import-Module `$manifest
            `$null = Connect-PasskeyTenant -Sandbox
            `$failure = `$null
            try { $harm } catch { `$failure = `$_ }
            [pscustomobject]@{ Id = "`$(`$failure.FullyQualifiedErrorId)"; Reason = "`$(`$failure.Exception.Message)"; PasskeyType = "`$((Get-PasskeyProfile 'Synced pilot').PasskeyType)" }
"@)

        # The arguments of a PowerShell of its own that runs a script and leaves its output in a file.
        function New-Child([string] $script, [string[]] $switches) {
            Remove-Item $result -ErrorAction Ignore
            $file = Join-Path $TestDrive 'child.ps1'
            Set-Content $file "`$ProgressPreference = 'SilentlyContinue'; & { $script } | ConvertTo-Json | Set-Content '$result'"
            @('-NoLogo', '-NoProfile'; $switches | Where-Object { $_ }; '-ExecutionPolicy', 'Bypass', '-File', $file)
        }

        # Runs it with this input; without one the input stays open and nothing comes.
        function Invoke-Child([string] $script, $text, [string[]] $switches) {
            $start = [Diagnostics.ProcessStartInfo]::new($shell, (New-Child $script $switches | ForEach-Object { "`"$_`"" }) -join ' ')
            $start.UseShellExecute = $false
            $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
            $process = [Diagnostics.Process]::Start($start)
            try {
                $written = $process.StandardOutput.ReadToEndAsync()
                $null = $process.StandardError.ReadToEndAsync()
                if ($null -ne $text) {
                    $process.StandardInput.Write($text)
                    $process.StandardInput.Close()
                }
                $isEnded = $process.WaitForExit(60000)
                if (-not $isEnded) { $process.Kill() }
                $isEnded | Should -BeTrue -Because 'it must not hang'
                $written.Result | Should -Not -Match 'Yes to All'
            }
            finally { $process.Dispose() }
            Get-Content $result -Raw | ConvertFrom-Json
        }

        # Runs it on a terminal and answers; nothing where it was stopped.
        function Invoke-Terminal([string] $script, [string] $answer, [string[]] $switches, [int] $expected) {
            $shown = python3 $PSScriptRoot/Terminal.py 60 'default is "N"' $answer $shell (New-Child $script $switches) | Out-String
            $LASTEXITCODE | Should -Be $expected -Because $shown
            if (Test-Path $result) { Get-Content $result -Raw | ConvertFrom-Json }
            else { $shown }
        }

        function Should-BeRefused($answer) {
            $answer.Id | Should -Be $unavailable
            $answer.PasskeyType | Should -Be 'DeviceBound, Synced'
            Journal | Should -BeNullOrEmpty
        }
    }

    BeforeEach { Restore-Sample }

    It 'is not taken from an input that is <Name>' -ForEach @(
        @{ Name = 'ended'; Text = '' }
        @{ Name = 'a blank line'; Text = "`n" }
        @{ Name = 'a no'; Text = "n`n" }
        @{ Name = 'a yes'; Text = "y`n" }
        @{ Name = 'open for ever'; Text = $null }
    ) {
        $answer = Invoke-Child "& { $ask } '$manifest'" $Text
        Should-BeRefused $answer
        $answer.Reason | Should -BeLike '*the input is redirected*'
    }

    It 'is refused by -NonInteractive' {
        Should-BeRefused (Invoke-Child "& { $ask } '$manifest'" $null '-NonInteractive')
    }

    It 'is not answered by the next line of a script that comes from the input' {
        $null = New-Child "& { $ask } '$manifest'"
        "& '$(Join-Path $TestDrive child.ps1)'`ny`n" | & $shell -NoLogo -NoProfile -ExecutionPolicy Bypass -Command - *> $null
        Should-BeRefused (Get-Content $result -Raw | ConvertFrom-Json)
    }

    It 'goes without one where the number is given' {
        $answer = Invoke-Child "`$ConfirmPreference = 'None'; & { $($ask -replace 'AllowLockout', 'AllowLockout -MaximumAffectedUser 200') } '$manifest'" $null '-NonInteractive'
        $answer.Id, $answer.PasskeyType | Should -Be '', 'DeviceBound'
        Journal | Should -HaveCount 1
    }

    It 'leaves no background job blocked' {
        foreach ($script in $ask, [scriptblock]::Create(($ask -replace 'AllowLockout', 'AllowLockout -Confirm'))) {
            $job = Start-Job $script -ArgumentList $manifest
            try {
                $null = $job | Wait-Job -Timeout 60 -ErrorAction SilentlyContinue
                $job.State | Should -Be 'Completed'
                Should-BeRefused ($job | Receive-Job)
            }
            finally { $job | Remove-Job -Force }
        }
    }

    It 'leaves no thread job blocked' -Skip:(-not $hasThreadJobs) {
        $job = Start-ThreadJob $ask -ArgumentList $manifest
        try {
            $null = $job | Wait-Job -Timeout 60 -ErrorAction SilentlyContinue
            $job.State | Should -Be 'Completed'
            Should-BeRefused ($job | Receive-Job)
        }
        finally { $job | Remove-Job -Force }
    }

    It 'is refused in -Parallel' {
        $text = "$ask"
        $answers = 1..2 | ForEach-Object -Parallel { & ([scriptblock]::Create($using:text)) $using:manifest } -TimeoutSeconds 60
        $answers | Should -HaveCount 2
        foreach ($answer in $answers) { Should-BeRefused $answer }
    }

    It 'is refused in a runspace without a host' {
        $engine = [powershell]::Create()
        try { Should-BeRefused ($engine.AddScript("$ask").AddArgument($manifest).Invoke()[0]) }
        finally { $engine.Dispose() }
    }

    Context 'in a remote session' -Skip:(-not $isUnix) {
        BeforeAll {
            # SSH without a network: what a server would start.
            Set-Content $TestDrive/ssh "#!/bin/sh`nexec '$shell' -sshs -NoLogo -NoProfile"
            chmod +x $TestDrive/ssh
            $pathBefore = $env:PATH
            $env:PATH = "$TestDrive$([IO.Path]::PathSeparator)$env:PATH"
            $session = New-PSSession -HostName localhost
        }

        AfterAll {
            if ($session) { $session | Remove-PSSession }
            $env:PATH = $pathBefore
        }

        It 'is refused, for it may be a job' {
            $answer = Invoke-Command $session $ask -ArgumentList $manifest
            Should-BeRefused $answer
            $answer.Reason | Should -BeLike '*remote session*-Confirm*'
        }

        It 'leaves no job blocked' {
            $job = Invoke-Command $session $ask -ArgumentList $manifest -AsJob
            try {
                $null = $job | Wait-Job -Timeout 60 -ErrorAction SilentlyContinue
                $job.State | Should -Be 'Completed'
                Should-BeRefused ($job | Receive-Job)
            }
            finally { $job | Remove-Job -Force }
        }
    }

    Context 'on a terminal' -Skip:(-not $hasTerminal) {
        It 'takes <Name> for what it is' -ForEach @(
            @{ Name = 'a blank line'; Keys = '\r'; Is = 'DeviceBound, Synced' }
            @{ Name = 'no'; Keys = 'n\r'; Is = 'DeviceBound, Synced' }
            @{ Name = 'yes'; Keys = 'y\r'; Is = 'DeviceBound' }
            @{ Name = 'yes to all'; Keys = 'a\r'; Is = 'DeviceBound' }
            @{ Name = 'no to all'; Keys = 'l\r'; Is = 'DeviceBound, Synced' }
            @{ Name = 'what is no answer, and then a blank line,'; Keys = 'perhaps\r\r'; Is = 'DeviceBound, Synced' }
        ) {
            $answer = Invoke-Terminal "& { $ask } '$manifest'" $Keys
            $answer.Id, $answer.PasskeyType | Should -Be '', $Is
            Journal | Should -HaveCount ([int]($Is -eq 'DeviceBound'))
        }

        It 'stops at Ctrl+C' {
            # PowerShell notices it with a later key, and how much later is the machine's affair; none of these is an answer.
            Invoke-Terminal "& { $ask } '$manifest'" "\x03$('x' * 100)" | Should -BeLike '*Make this change?*'
            Journal | Should -BeNullOrEmpty
        }

        It 'asks about what is harmless with -Confirm only' {
            $harmless = $ask -replace [regex]::Escape($harm), "Set-PasskeyPolicy -SelfServiceRegistration `$false"
            (Invoke-Terminal "& { $($harmless -replace 'Registration \$false', '$0 -Confirm') } '$manifest'" '\r').Id | Should -BeNullOrEmpty
            Journal | Should -BeNullOrEmpty
            (Invoke-Terminal "& { $harmless } '$manifest'" '\r' -expected 125).Id | Should -BeNullOrEmpty
            Journal | Should -HaveCount 1
        }

        It 'is refused by -NonInteractive' {
            Should-BeRefused (Invoke-Terminal "& { $ask } '$manifest'" 'y\r' '-NonInteractive' -expected 125)
        }

        It 'is refused where it would not be seen' {
            $child = New-Child "& { $ask } '$manifest'"
            python3 $PSScriptRoot/Terminal.py 60 'default is "N"' 'y\r' sh -c "'$shell' $child > '$TestDrive/seen.txt'" | Out-Null
            $LASTEXITCODE | Should -Be 125
            Should-BeRefused (Get-Content $result -Raw | ConvertFrom-Json)
        }
    }
}
